package io.sluice.lab;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node: a network namespace with an Open vSwitch of its own, one bridge, and pods on it.
 *
 * <p>All addresses are on one link: every host has its addresses as host routes and asks for every
 * other by ARP or neighbour discovery, so that any plan of addresses works.
 */
public final class Node implements Host {
  /** The name of every node's bridge. */
  public static final String BRIDGE = "br0";

  private static final int HOST_INDEX = 0;

  private final Lab lab;
  private final NetworkNamespace namespace;
  private final List<InetAddress> addresses;
  private final Mac mac;
  private final OpenVSwitch ovs;
  private final Map<String, Pod> pods = new HashMap<>();

  Node(Lab lab, String name, List<InetAddress> addresses) throws IOException {
    this.lab = lab;
    this.addresses = List.copyOf(addresses);
    this.namespace = lab.makeNamespaces(List.of(name)).getFirst();
    this.mac = lab.nextMac(HOST_INDEX);
    this.ovs = new OpenVSwitch(namespace, lab.record().directory().resolve(name));
    quiet(namespace);
    namespace.ip("link set lo up\n");
    ovs.startDatabase();
    ovs.startDaemon();
    // A MAC of its own: by default a bridge takes one of its ports', and the kernel would then
    // accept a pod's packets for the node directly from the veth, past the switch.
    vsctl(
        "--may-exist",
        "add-br",
        BRIDGE,
        "--",
        "set",
        "bridge",
        BRIDGE,
        "datapath_type=netdev",
        "other-config:hwaddr=\"" + mac + "\"",
        "protocols=OpenFlow10,OpenFlow13,OpenFlow15");
    namespace.ip(configuration(BRIDGE, addresses));
    namespace.run("ethtool", "-K", BRIDGE, "tx", "off");
  }

  /** Adds pods, all their ports in one transaction. */
  public List<Pod> addPods(List<PodSpec> specs) throws IOException {
    return add(specs, true);
  }

  /**
   * Adds pods that reach everybody, each other as well, through the node's routing: by the bridge
   * to its own port, and by the bridge again. Switch and packet filter both see what they send.
   */
  public List<Pod> addRoutedPods(List<PodSpec> specs) throws IOException {
    List<Pod> added = add(specs, true);
    namespace.sysctl("ipv4/ip_forward", "1");
    namespace.sysctl("ipv6/conf/all/forwarding", "1");
    // The node routes back to where a packet came from, and must not say that there is a shorter
    // way.
    for (String scope : List.of("all", BRIDGE)) {
      namespace.sysctl("ipv4/conf/" + scope + "/send_redirects", "0");
    }
    for (Pod pod : added) {
      StringBuilder routes = new StringBuilder();
      for (InetAddress gateway : addresses) {
        boolean v4 = gateway instanceof Inet4Address;
        pod.namespace().sysctl((v4 ? "ipv4" : "ipv6") + "/conf/eth0/accept_redirects", "0");
        routes.append("route replace " + (v4 ? "0.0.0.0/0" : "::/0") + " via ");
        routes.append(gateway.getHostAddress() + " dev eth0 onlink\n");
      }
      pod.namespace().ip(routes.toString());
    }
    return added;
  }

  /**
   * Adds a host outside, on an uplink port of the bridge (a port without a binding).
   *
   * @param name its name
   * @param addresses its addresses
   */
  public Pod addOutsider(String name, String... addresses) throws IOException {
    return add(List.of(PodSpec.of("", name, addresses)), false).getFirst();
  }

  private List<Pod> add(List<PodSpec> specs, boolean bound) throws IOException {
    List<Pod> added = new ArrayList<>();
    List<Integer> numbers = specs.stream().map(spec -> lab.nextNumber()).toList();
    List<NetworkNamespace> namespaces =
        lab.makeNamespaces(numbers.stream().map(number -> "p" + number).toList());
    StringBuilder links = new StringBuilder();
    List<String> transaction = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      PodSpec spec = specs.get(i);
      Pod pod = new Pod(spec, namespaces.get(i), lab.nextMac(numbers.get(i)), "p" + numbers.get(i));
      added.add(pod);
      links
          .append("link add " + pod.port() + " type veth peer name eth0 address " + pod.mac())
          .append(" netns " + pod.namespace().name() + "\n")
          .append("link set " + pod.port() + " up\n");
      transaction.addAll(List.of("--", "add-port", BRIDGE, pod.port()));
      if (bound) {
        transaction.addAll(
            List.of(
                "--",
                "set",
                "interface",
                pod.port(),
                "external_ids:iface-id=\"" + spec.namespace() + "_" + spec.name() + "\"",
                "external_ids:attached-mac=\"" + pod.mac() + "\""));
      }
    }
    namespace.ip(links.toString());
    for (Pod pod : added) {
      // The kernel must not carry on the veth what the switch drops.
      namespace.sysctl("ipv4/conf/" + pod.port() + "/arp_ignore", "8");
      namespace.sysctl("ipv4/conf/" + pod.port() + "/rp_filter", "1");
      namespace.sysctl("ipv6/conf/" + pod.port() + "/disable_ipv6", "1");
      quiet(pod.namespace());
      pod.namespace().ip("link set lo up\n" + configuration("eth0", pod.addresses()));
      pod.namespace().run("ethtool", "-K", "eth0", "tx", "off");
    }
    vsctl(transaction.toArray(String[]::new));
    added.forEach(pod -> pods.put(pod.port(), pod));
    return added;
  }

  /** Removes a pod: its port and its namespace. */
  public void remove(Pod pod) throws IOException {
    pods.remove(pod.port());
    vsctl("del-port", BRIDGE, pod.port());
    lab.removeNamespace(pod.namespace());
  }

  private static String configuration(String device, List<InetAddress> addresses) {
    StringBuilder batch = new StringBuilder("link set " + device + " up\n");
    for (InetAddress address : addresses) {
      batch.append("addr add " + address.getHostAddress());
      batch.append(address instanceof Inet4Address ? "/32" : "/128 nodad");
      batch.append(" dev " + device + "\n");
    }
    if (addresses.stream().anyMatch(Inet4Address.class::isInstance)) {
      batch.append("route add 0.0.0.0/0 dev " + device + "\n");
    }
    return batch.append("route add ::/0 dev " + device + "\n").toString();
  }

  private static void quiet(NetworkNamespace namespace) throws IOException {
    namespace.call(
        () -> {
          for (String scope : List.of("all", "default")) {
            set("ipv4/conf/" + scope + "/rp_filter", "0");
            set("ipv6/conf/" + scope + "/accept_ra", "0");
            set("ipv6/conf/" + scope + "/accept_dad", "0");
            set("ipv6/conf/" + scope + "/router_solicitations", "0");
          }
          return "";
        });
  }

  private static void set(String key, String value) throws IOException {
    java.nio.file.Files.writeString(Path.of("/proc/sys/net", key), value);
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
    return BRIDGE;
  }

  @Override
  public Mac mac() {
    return mac;
  }

  /** The pods on this node. */
  public List<Pod> pods() {
    return List.copyOf(pods.values());
  }

  /** Where {@code db.sock} and {@code br0.mgmt} are. */
  public Path socketDirectory() {
    return ovs.socketDirectory();
  }

  /** Where the daemons' logs are. */
  public Path logDirectory() {
    return ovs.logDirectory();
  }

  /** Runs ovs-vsctl on this node's database. */
  public String vsctl(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("--timeout=30"));
    command.addAll(List.of(arguments));
    return ovs.vsctl(command.toArray(String[]::new));
  }

  /**
   * Runs ovs-ofctl with OpenFlow 1.5 on this node's bridge.
   *
   * @param command for example {@code dump-flows}
   * @param arguments what comes after the bridge
   */
  public String ofctl(String command, String... arguments) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                "ovs-ofctl",
                "--timeout=30",
                "-O",
                "OpenFlow15",
                command,
                "unix:" + managementSocket()));
    line.addAll(List.of(arguments));
    return ovs.run(line);
  }

  /** Replaces all flows of the bridge by these, one a line. */
  public void replaceFlows(String flows) throws IOException {
    ovs.run(
        List.of(
            "ovs-ofctl",
            "--timeout=30",
            "-O",
            "OpenFlow15",
            "--bundle",
            "replace-flows",
            "unix:" + managementSocket(),
            "-"),
        flows);
    awaitRevalidation();
  }

  private Path managementSocket() {
    return socketDirectory().resolve(BRIDGE + ".mgmt");
  }

  /** Runs ovs-appctl on this node's ovs-vswitchd. */
  public String appctl(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ovs-appctl", "--timeout=30"));
    command.addAll(List.of(arguments));
    return ovs.run(command);
  }

  /** Waits until no cached decision of earlier flows is left. */
  public void awaitRevalidation() throws IOException {
    appctl("revalidator/wait");
  }

  /** Kills ovs-vswitchd as a crash would (SIGKILL). */
  public void killSwitch() {
    ovs.killDaemon();
  }

  /** Ends ovs-vswitchd as its service would. */
  public void stopSwitch() throws IOException {
    appctl("exit");
    ovs.awaitDaemonEnd();
  }

  /** Freezes ovs-vswitchd (SIGSTOP): it forwards nothing and answers nobody, and does not end. */
  public void pauseSwitch() throws IOException {
    ovs.signalDaemon("STOP");
  }

  /** Lets a frozen ovs-vswitchd go on. */
  public void resumeSwitch() throws IOException {
    ovs.signalDaemon("CONT");
  }

  /** Starts ovs-vswitchd and waits until the bridge answers and has its ports. */
  public void startSwitch() throws IOException {
    ovs.startDaemon();
    OpenVSwitch.await(
        "ovs-vswitchd",
        () -> {
          String shown = ofctl("show");
          for (String port : pods.keySet()) {
            if (!shown.contains("(" + port + ")")) {
              throw new IOException("port " + port + " is not on the bridge");
            }
          }
          return shown;
        });
    // The LOCAL port is a device of the daemon: it is a new one now.
    OpenVSwitch.await(
        BRIDGE,
        () -> {
          namespace.ip(configuration(BRIDGE, addresses).replace(" add ", " replace "));
          return namespace.run("ethtool", "-K", BRIDGE, "tx", "off");
        });
  }

  /**
   * Kills ovsdb-server as a crash would (SIGKILL). An ovs-vswitchd with the userspace datapath that
   * has lost its database (and with it the lock "ovs_vswitchd") forwards nothing and answers no
   * OpenFlow until it is back.
   */
  public void killDatabase() {
    ovs.killDatabase();
  }

  /** Starts ovsdb-server and waits until it answers. */
  public void startDatabase() throws IOException {
    ovs.startDatabase();
  }
}
