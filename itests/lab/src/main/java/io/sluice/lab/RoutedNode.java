package io.sluice.lab;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node without a switch: a network namespace that routes. Each pod is behind an interface of its
 * own, to which a host route leads for each of its addresses; a host outside is where the default
 * route leads. Everybody's gateway is {@link #GATEWAY_V4} and {@link #GATEWAY_V6}.
 */
public final class RoutedNode implements Host {
  /** The node's address on every link. */
  public static final String GATEWAY_V4 = "169.254.1.1";

  /** The node's address on every link. */
  public static final String GATEWAY_V6 = "fe80::1";

  private static final String DEVICE = "lo";

  private final Lab lab;
  private final NetworkNamespace namespace;
  private final Path directory;
  private final List<InetAddress> addresses;
  private final Mac mac;
  private final Map<String, Pod> pods = new HashMap<>();

  RoutedNode(Lab lab, String name, List<InetAddress> addresses) throws IOException {
    this.lab = lab;
    this.addresses = List.copyOf(addresses);
    this.namespace = lab.makeNamespaces(List.of(name)).getFirst();
    this.directory = Files.createDirectories(lab.record().directory().resolve(name));
    this.mac = lab.nextMac(0);
    quiet(namespace);
    namespace.sysctl("ipv4/ip_forward", "1");
    namespace.sysctl("ipv6/conf/all/forwarding", "1");
    StringBuilder batch = new StringBuilder("link set lo up\n");
    for (InetAddress address : addresses) {
      batch.append("addr add " + host(address) + nodad(address) + " dev " + DEVICE + "\n");
    }
    namespace.ip(batch.toString());
  }

  /** Adds pods, each with its interface and routes. */
  public List<Pod> addPods(List<PodSpec> specs) throws IOException {
    List<Pod> added = add(specs);
    StringBuilder routes = new StringBuilder();
    for (Pod pod : added) {
      for (InetAddress address : pod.addresses()) {
        routes.append("route add " + host(address) + " dev " + pod.port() + source(address) + "\n");
      }
      pods.put(pod.port(), pod);
    }
    namespace.ip(routes.toString());
    return added;
  }

  /**
   * Adds a host outside, where the default route leads.
   *
   * @param name its name
   * @param outside its addresses
   */
  public Pod addOutsider(String name, String... outside) throws IOException {
    Pod host = add(List.of(PodSpec.of("", name, outside))).getFirst();
    StringBuilder routes = new StringBuilder();
    for (InetAddress family :
        List.of(InetAddress.ofLiteral("0.0.0.0"), InetAddress.ofLiteral("::"))) {
      routes.append("route add " + family.getHostAddress() + "/0 dev " + host.port());
      routes.append(source(family) + "\n");
    }
    namespace.ip(routes.toString());
    return host;
  }

  private String source(InetAddress target) {
    return addresses.stream()
        .filter(address -> address.getClass() == target.getClass())
        .findFirst()
        .map(address -> " src " + address.getHostAddress())
        .orElse("");
  }

  private List<Pod> add(List<PodSpec> specs) throws IOException {
    List<Pod> added = new ArrayList<>();
    List<Integer> numbers = specs.stream().map(spec -> lab.nextNumber()).toList();
    List<NetworkNamespace> namespaces =
        lab.makeNamespaces(numbers.stream().map(number -> "p" + number).toList());
    StringBuilder links = new StringBuilder();
    for (int i = 0; i < specs.size(); i++) {
      String port = "p" + numbers.get(i);
      Pod pod = new Pod(specs.get(i), namespaces.get(i), lab.nextMac(numbers.get(i)), port);
      added.add(pod);
      links
          .append("link add " + port + " type veth peer name eth0 address " + pod.mac())
          .append(" netns " + pod.namespace().name() + "\n")
          .append("link set " + port + " up\n")
          .append("addr add " + GATEWAY_V4 + "/32 dev " + port + "\n")
          .append("addr add " + GATEWAY_V6 + "/64 dev " + port + " nodad\n");
    }
    namespace.ip(links.toString());
    for (Pod pod : added) {
      quiet(pod.namespace());
      StringBuilder inside = new StringBuilder("link set lo up\nlink set eth0 up\n");
      for (InetAddress address : pod.addresses()) {
        inside.append("addr add " + host(address) + nodad(address) + " dev eth0\n");
      }
      inside.append("route add " + GATEWAY_V4 + "/32 dev eth0\n");
      if (pod.addresses().stream().anyMatch(Inet4Address.class::isInstance)) {
        inside.append("route add 0.0.0.0/0 via " + GATEWAY_V4 + " dev eth0\n");
      }
      inside.append("route add ::/0 via " + GATEWAY_V6 + " dev eth0\n");
      pod.namespace().ip(inside.toString());
      // What a pod sends is checked by its bytes, as if it came over a wire.
      pod.namespace().run("ethtool", "-K", "eth0", "tx", "off");
    }
    return added;
  }

  /** Removes a pod, its routes and its namespace. */
  public void remove(Pod pod) throws IOException {
    pods.remove(pod.port());
    lab.removeNamespace(pod.namespace());
  }

  private static String host(InetAddress address) {
    return address.getHostAddress() + (address instanceof Inet4Address ? "/32" : "/128");
  }

  private static String nodad(InetAddress address) {
    return address instanceof Inet4Address ? "" : " nodad";
  }

  private static void quiet(NetworkNamespace namespace) throws IOException {
    namespace.call(
        () -> {
          for (String scope : List.of("all", "default")) {
            Path conf = Path.of("/proc/sys/net");
            Files.writeString(conf.resolve("ipv4/conf/" + scope + "/rp_filter"), "0");
            Files.writeString(conf.resolve("ipv6/conf/" + scope + "/accept_ra"), "0");
            Files.writeString(conf.resolve("ipv6/conf/" + scope + "/accept_dad"), "0");
          }
          return "";
        });
  }

  @Override
  public NetworkNamespace namespace() {
    return namespace;
  }

  @Override
  public List<InetAddress> addresses() {
    return addresses;
  }

  @Override
  public String device() {
    return DEVICE;
  }

  @Override
  public Mac mac() {
    return mac;
  }

  /** Where files of this node's may be; it goes with the lab. */
  public Path directory() {
    return directory;
  }

  /** The pods on this node. */
  public List<Pod> pods() {
    return List.copyOf(pods.values());
  }

  /** The MAC of the node's end of a pod's link: the pod's gateway. */
  public Mac gateway(Pod pod) throws IOException {
    String shown = namespace.run("ip", "-o", "link", "show", pod.port());
    int at = shown.indexOf("link/ether ") + "link/ether ".length();
    return Mac.parse(shown.substring(at, at + 17));
  }

  /** Forgets all connections that this node tracks. */
  public void flushConnections() throws IOException {
    namespace.call(
        () -> {
          Libc.flushConnections();
          return "";
        });
  }

  /** Runs nft in this node's namespace. */
  public String nft(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("nft"));
    command.addAll(List.of(arguments));
    return namespace.run(command.toArray(String[]::new));
  }
}
