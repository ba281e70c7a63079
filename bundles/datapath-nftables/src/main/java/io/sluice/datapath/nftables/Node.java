package io.sluice.datapath.nftables;

import io.sluice.api.net.Family;
import io.sluice.datapath.nftables.netlink.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** What this node's kernel says of interfaces and routes. */
final class Node implements AutoCloseable {
  private static final Path BRIDGE = Path.of("/proc/sys/net/bridge");

  private final Topology topology;
  private PodInterfaces.View view = PodInterfaces.View.NONE;

  Node() throws IOException {
    topology = new Topology();
    read();
  }

  private boolean read() throws IOException {
    PodInterfaces.View now = new PodInterfaces.View(topology.links(), topology.routes(), bridged());
    boolean changed = !now.equals(view);
    view = now;
    return changed;
  }

  private static Set<Family> bridged() throws IOException {
    Set<Family> families = EnumSet.noneOf(Family.class);
    for (Family family : Family.values()) {
      Path key =
          BRIDGE.resolve(
              family == Family.IPV4 ? "bridge-nf-call-iptables" : "bridge-nf-call-ip6tables");
      if (Files.exists(key) && Files.readString(key).strip().equals("1")) {
        families.add(family);
      }
    }
    return families;
  }

  /** Looks again, if something has happened; answers whether anything is different. */
  boolean refresh() throws IOException {
    boolean events = topology.changed();
    boolean switched = !bridged().equals(view.bridged());
    return (events || switched) && read();
  }

  PodInterfaces interfaces(Settings settings) {
    return new PodInterfaces(settings, view);
  }

  @Override
  public void close() {
    topology.close();
  }
}
