package io.sluice.datapath.ovs;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.resource.Problem;
import io.sluice.datapath.ovs.openflow.PortNumber;
import io.sluice.datapath.ovs.ovsdb.SwitchConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which endpoint is at which port: what the database says of interfaces ({@code external_ids}:
 * {@code iface-id}, {@code attached-mac}), or the {@code ports} file, put together with the local
 * endpoints.
 *
 * @param ports what is where
 * @param problems what the operator should look at
 * @param missing of these, ports that the configuration names, and that are not there
 * @param unbound why an endpoint with a port of its own is not bound to it
 */
record Bindings(
    SwitchPorts ports,
    List<Problem> problems,
    List<Problem> missing,
    Map<EndpointId, String> unbound) {
  /** No ports. */
  static final Bindings NONE = new Bindings(SwitchPorts.NONE, List.of(), List.of(), Map.of());

  /** Copies the collections. */
  Bindings {
    problems = List.copyOf(problems);
    missing = List.copyOf(missing);
    unbound = Map.copyOf(unbound);
  }

  /** Why an endpoint is not bound. */
  String reason(EndpointId endpoint, String bridge) {
    return unbound.getOrDefault(
        endpoint,
        "no port of bridge %s names it: ovs-vsctl set interface <port> external_ids:iface-id=%s_%s"
            .formatted(bridge, endpoint.namespace(), endpoint.name()));
  }

  /**
   * A binding whose MAC was learned: the first that the port spoke with.
   *
   * @param port the port's number
   * @param name the interface's name
   * @param endpoint whom the port is bound to
   */
  record Learned(int port, String name, EndpointId endpoint) {}

  private record Candidate(
      SwitchConfig.Interface port,
      int number,
      EndpointId endpoint,
      Optional<Long> mac,
      boolean stated) {}

  /**
   * Puts them together.
   *
   * @param bridge the bridge
   * @param endpoints the local endpoints
   * @param file what the {@code ports} file says, by interface
   * @param learned MACs learned; those of other bindings are ignored
   */
  static Bindings of(
      Settings settings,
      SwitchConfig.Bridge bridge,
      Collection<EndpointId> endpoints,
      Map<String, PortsFile.Line> file,
      Map<Learned, Long> learned) {
    return new Maker(settings, bridge, file, learned).make(endpoints);
  }

  /** Which binding a port has whose MAC is to be learned. */
  static Optional<Learned> learner(
      Settings settings,
      SwitchConfig.Bridge bridge,
      Collection<EndpointId> endpoints,
      Map<String, PortsFile.Line> file,
      int port) {
    Maker maker = new Maker(settings, bridge, file, Map.of());
    maker.make(endpoints);
    return maker.candidates.values().stream()
        .filter(candidate -> candidate.number == port && candidate.mac.isEmpty())
        .map(candidate -> new Learned(port, candidate.port.name(), candidate.endpoint))
        .findFirst();
  }

  private static final class Maker {
    private final Settings settings;
    private final SwitchConfig.Bridge bridge;
    private final Map<String, PortsFile.Line> file;
    private final Map<Learned, Long> learned;
    private final Map<String, EndpointId> byName = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> missing = new ArrayList<>();
    private final Map<EndpointId, String> unbound = new HashMap<>();
    private final Map<EndpointId, Candidate> candidates = new HashMap<>();
    private final List<Integer> uplinks = new ArrayList<>();
    private final List<Integer> finals = new ArrayList<>();
    private final List<Integer> unknown = new ArrayList<>();
    private Optional<SwitchPorts.Host> host = Optional.empty();

    Maker(
        Settings settings,
        SwitchConfig.Bridge bridge,
        Map<String, PortsFile.Line> file,
        Map<Learned, Long> learned) {
      this.settings = settings;
      this.bridge = bridge;
      this.file = file;
      this.learned = learned;
    }

    Bindings make(Collection<EndpointId> endpoints) {
      for (EndpointId endpoint : endpoints) {
        byName.put(endpoint.namespace() + "_" + endpoint.name(), endpoint);
        if (!endpoint.uid().isEmpty()) {
          byName.put(endpoint.uid(), endpoint);
        }
      }
      for (SwitchConfig.Interface each : bridge.interfaces()) {
        int number = each.name().equals(bridge.name()) ? PortNumber.LOCAL : each.ofport().orElse(0);
        if (number > 0 || number == PortNumber.LOCAL) {
          sort(each, number);
        } else {
          owner(each)
              .ifPresent(
                  endpoint ->
                      unbound.put(
                          endpoint,
                          "interface %s has no OpenFlow port yet%s"
                              .formatted(
                                  each.name(), each.error().isEmpty() ? "" : ": " + each.error())));
        }
      }
      missing();
      // A pod may have spoken with the MAC of one that was not there yet: what is stated counts.
      Set<Long> stated = new HashSet<>();
      candidates.values().stream()
          .filter(Candidate::stated)
          .flatMap(candidate -> candidate.mac().stream())
          .forEach(stated::add);
      List<SwitchPorts.Bound> bound = new ArrayList<>();
      List<Integer> learning = new ArrayList<>();
      candidates.values().stream()
          .sorted(Comparator.comparingInt(Candidate::number))
          .forEach(
              candidate ->
                  candidate
                      .mac()
                      .filter(mac -> candidate.stated() || !stated.contains(mac))
                      .ifPresentOrElse(
                          mac ->
                              bound.add(
                                  new SwitchPorts.Bound(
                                      candidate.number(),
                                      candidate.port().name(),
                                      mac,
                                      candidate.endpoint())),
                          () -> {
                            learning.add(candidate.number());
                            unbound.put(
                                candidate.endpoint(),
                                "the MAC at port %s is not known until it speaks: set external_ids:attached-mac"
                                    .formatted(candidate.port().name()));
                          }));
      return new Bindings(
          new SwitchPorts(host, uplinks, finals, bound, learning, unknown),
          problems,
          missing,
          unbound);
    }

    private void sort(SwitchConfig.Interface port, int number) {
      if (settings.options().finalAction() instanceof FinalAction.Ports named
          && named.ports().contains(number == PortNumber.LOCAL ? Settings.LOCAL : port.name())) {
        finals.add(number);
      }
      boolean local = number == PortNumber.LOCAL;
      if (local
          ? settings.hostPort().equals(Settings.LOCAL)
          : settings.hostPort().equals(port.name())) {
        host =
            Optional.of(
                new SwitchPorts.Host(
                    number, local ? Mac.parse(port.macInUse()) : Optional.empty()));
      } else if (settings.uplinkPorts().contains(port.name())) {
        uplinks.add(number);
      } else {
        pod(port, number);
      }
    }

    private Optional<EndpointId> owner(SwitchConfig.Interface port) {
      PortsFile.Line line = file.get(port.name());
      String id =
          line == null
              ? port.externalIds().getOrDefault("iface-id", "")
              : line.namespace() + "_" + line.pod();
      return Optional.ofNullable(byName.get(id));
    }

    private void pod(SwitchConfig.Interface port, int number) {
      Optional<PortsFile.Line> line = Optional.ofNullable(file.get(port.name()));
      Optional<EndpointId> owner = owner(port);
      if (owner.isEmpty()) {
        unknown.add(number);
        return;
      }
      EndpointId endpoint = owner.get();
      Optional<Long> mac = line.map(PortsFile.Line::mac);
      String attached = port.externalIds().getOrDefault("attached-mac", "");
      if (mac.isEmpty() && !attached.isEmpty()) {
        mac = Mac.parse(attached);
        if (mac.isEmpty()) {
          problem(
              "Interface/" + port.name(),
              "external_ids:attached-mac",
              "'" + attached + "' is no MAC address",
              "set it right; the port is denied until then");
          unbound.put(endpoint, "attached-mac of port " + port.name() + " is no MAC address");
          return;
        }
      }
      boolean stated = mac.isPresent();
      if (!stated) {
        mac = Optional.ofNullable(learned.get(new Learned(number, port.name(), endpoint)));
      }
      Candidate candidate = new Candidate(port, number, endpoint, mac, stated);
      Candidate other = candidates.put(endpoint, candidate);
      if (other != null) {
        boolean newer = Integer.compareUnsigned(other.number, number) < 0;
        Candidate older = newer ? other : candidate;
        candidates.put(endpoint, newer ? candidate : other);
        problem(
            "Pod/" + endpoint.path(),
            "external_ids:iface-id",
            "interfaces " + other.port.name() + " and " + port.name() + " both claim the pod",
            "remove " + older.port.name() + ", which is denied, if it is not in use");
      }
    }

    private void missing() {
      Set<String> names = new HashSet<>();
      bridge.interfaces().forEach(port -> names.add(port.name()));
      for (String uplink : settings.uplinkPorts()) {
        if (!names.contains(uplink)) {
          missing("uplinkPorts", uplink, "add the port, or correct the key");
        }
      }
      if (settings.options().finalAction() instanceof FinalAction.Ports named) {
        for (String port : named.ports()) {
          if (!port.equals(Settings.LOCAL) && !names.contains(port)) {
            missing("finalAction", port, "add the port, or correct the key");
          }
        }
      }
      if (host.isEmpty()) {
        missing(
            "hostPort",
            settings.hostPort(),
            "add the port, or correct the key: the node does not reach its pods");
      }
    }

    private void missing(String key, String port, String remedy) {
      Problem problem =
          new Problem(
              "ovs", "Bridge/" + bridge.name(), key, "the bridge has no port " + port, remedy);
      missing.add(problem);
      problems.add(problem);
    }

    private void problem(String object, String field, String message, String remedy) {
      problems.add(new Problem("ovs", object, field, message, remedy));
    }
  }
}
