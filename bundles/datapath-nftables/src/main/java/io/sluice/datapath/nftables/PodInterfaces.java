package io.sluice.datapath.nftables;

import io.sluice.api.datapath.Coverage;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.net.Cidr;
import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Problem;
import io.sluice.datapath.nftables.netlink.Link;
import io.sluice.datapath.nftables.netlink.Route;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which pods are behind which interfaces, as the routes say, and whether what they send passes this
 * node's packet filter at all.
 *
 * <p>An interface is a pod's own if nothing but host routes lead out of it. What is behind a bridge
 * passes the filter only if {@code br_netfilter} hands it over; what is behind a switch that the
 * kernel does not know passes it only where that switch sends everything through the node, which
 * the operator has to say.
 */
final class PodInterfaces {
  private static final List<Cidr> EVERYWHERE =
      List.of(Cidr.parse("fe80::/10"), Cidr.parse("ff00::/8"));

  /**
   * What the kernel says.
   *
   * @param links the interfaces
   * @param routes the routes
   * @param bridged the families of bridged packets that are handed over to the filter
   */
  record View(List<Link> links, List<Route> routes, Set<Family> bridged) {
    static final View NONE = new View(List.of(), List.of(), Set.of());
  }

  private final Settings settings;
  private final View view;
  private final Map<Integer, Link> links = new HashMap<>();
  private final Map<IpAddress, Link> hosts = new HashMap<>();
  private final Set<Integer> shared = new HashSet<>();

  PodInterfaces(Settings settings, View view) {
    this.settings = settings;
    this.view = view;
    view.links().forEach(link -> links.put(link.index(), link));
    for (Route route : view.routes()) {
      Cidr to = route.destination();
      Link link = links.get(route.link());
      if (EVERYWHERE.stream().anyMatch(block -> block.contains(to)) || link == null) {
        continue;
      }
      if (route.direct() && to.prefix() == to.family().bits()) {
        hosts.put(to.base(), link);
      } else {
        shared.add(route.link());
      }
    }
  }

  /** The interface by which packets to an address of this node's leave. */
  private Optional<Link> link(IpAddress address) {
    Link host = hosts.get(address);
    if (host != null) {
      return Optional.of(host);
    }
    Route best = null;
    for (Route route : view.routes()) {
      if (route.direct()
          && route.destination().contains(address)
          && (best == null || route.destination().prefix() > best.destination().prefix())) {
        best = route;
      }
    }
    return best == null ? Optional.empty() : Optional.ofNullable(links.get(best.link()));
  }

  private boolean isSwitch(Link link) {
    return link.kind().equals("openvswitch") || link.kind().equals("tun");
  }

  /** Interfaces that are a pod's own, with the addresses of the endpoints behind them. */
  Bound bound(Collection<LocalEndpoint> endpoints) {
    if (!settings.spoofGuard()) {
      return Bound.NONE;
    }
    Map<String, Set<IpAddress>> addresses = new HashMap<>();
    for (LocalEndpoint endpoint : endpoints) {
      for (IpAddress address : endpoint.addresses()) {
        Link link = hosts.get(address);
        if (link != null
            && !shared.contains(link.index())
            && !link.kind().equals("bridge")
            && !isSwitch(link)
            && !settings.routedInterfaces().contains(link.name())) {
          addresses.computeIfAbsent(link.name(), unused -> new HashSet<>()).add(address);
        }
      }
    }
    return new Bound(addresses);
  }

  /** Where each endpoint's traffic enters, for people. */
  Map<EndpointId, String> places(Collection<LocalEndpoint> endpoints) {
    Map<EndpointId, String> places = new HashMap<>();
    for (LocalEndpoint endpoint : endpoints) {
      endpoint.addresses().stream()
          .sorted()
          .map(this::link)
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(
              link ->
                  places.put(
                      endpoint.id(),
                      "interface "
                          + link.name()
                          + (link.kind().isEmpty() ? "" : " (" + link.kind() + ")")));
    }
    return places;
  }

  /** Whose traffic passes the filter. */
  Coverage covers(Collection<LocalEndpoint> endpoints) {
    Set<EndpointId> covered = new HashSet<>();
    Map<EndpointId, String> uncovered = new HashMap<>();
    for (LocalEndpoint endpoint : endpoints) {
      Optional<String> reason =
          endpoint.addresses().stream().sorted().flatMap(ip -> unseen(ip).stream()).findFirst();
      reason.ifPresentOrElse(
          why -> uncovered.put(endpoint.id(), why), () -> covered.add(endpoint.id()));
    }
    return new Coverage(covered, uncovered);
  }

  private Optional<String> unseen(IpAddress address) {
    Optional<Link> link = link(address);
    if (link.isEmpty()) {
      return Optional.of("no route of this node leads directly to " + address);
    }
    String name = link.get().name();
    if (settings.routedInterfaces().contains(name)) {
      return Optional.empty();
    }
    if (link.get().kind().equals("bridge") && !view.bridged().contains(address.family())) {
      return Optional.of("bridge " + name + " does not hand its packets over to the filter");
    }
    if (isSwitch(link.get())) {
      return Optional.of(
          "pods behind " + name + " may reach each other without this node's routing");
    }
    return Optional.empty();
  }

  /** Why the filter must not be relied on; nothing if it can. */
  Optional<Problem> refusal(Collection<LocalEndpoint> endpoints) {
    for (LocalEndpoint endpoint : endpoints) {
      for (IpAddress address : endpoint.addresses()) {
        Optional<Link> link = link(address).filter(each -> each.kind().equals("bridge"));
        if (link.isPresent() && !view.bridged().contains(address.family())) {
          String key = address.family() == Family.IPV4 ? "iptables" : "ip6tables";
          return Optional.of(
              new Problem(
                  "nftables",
                  "Interface/" + link.get().name(),
                  "",
                  "pods are on this bridge, and what they send each other passes no filter",
                  "modprobe br_netfilter && sysctl -w net.bridge.bridge-nf-call-" + key + "=1"));
        }
      }
    }
    return Optional.empty();
  }
}
