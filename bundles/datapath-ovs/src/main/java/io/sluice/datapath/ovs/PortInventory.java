package io.sluice.datapath.ovs;

import io.sluice.api.datapath.Coverage;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.resource.Problem;
import io.sluice.datapath.ovs.openflow.PacketIn;
import io.sluice.datapath.ovs.ovsdb.SwitchConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is at the ports of a bridge, put together from the database, the {@code ports} file and the
 * MACs that were learned.
 */
final class PortInventory {
  private final Map<Bindings.Learned, Long> learned = new HashMap<>();
  private Optional<SwitchConfig.Bridge> bridge = Optional.empty();
  private PortsFile file = PortsFile.NONE;
  private Optional<Problem> unreadable = Optional.empty();
  private Bindings bindings = Bindings.NONE;

  /** The bridge as the database has it now; none if there is no such bridge. */
  void bridge(Optional<SwitchConfig.Bridge> now) {
    bridge = now.map(each -> bridge.map(each::remembering).orElse(each));
  }

  Optional<SwitchConfig.Bridge> bridge() {
    return bridge;
  }

  /** Reads the {@code ports} file; tells whether it says something else than before. */
  boolean read(Settings settings) {
    PortsFile before = file;
    unreadable = Optional.empty();
    if (settings.portsFile().isEmpty()) {
      file = PortsFile.NONE;
    } else {
      try {
        file = PortsFile.read(settings.portsFile().get());
      } catch (IOException e) {
        // What was read last stays in force: an unreadable file binds nobody anew.
        unreadable =
            Optional.of(
                new Problem(
                    "ovs",
                    settings.portsFile().get().toString(),
                    "ports",
                    "can't be read: " + e,
                    "make the file readable, or clear the key"));
      }
    }
    return !before.equals(file);
  }

  private Bindings bindings(Settings settings, Collection<EndpointId> endpoints) {
    return bridge
        .map(each -> Bindings.of(settings, each, endpoints, file.lines(), learned))
        .orElse(Bindings.NONE);
  }

  /** Binds endpoints to ports, and remembers how. */
  SwitchPorts bind(Settings settings, Collection<EndpointId> endpoints) {
    bindings = bindings(settings, endpoints);
    return bindings.ports();
  }

  /** The ports as they were bound last. */
  SwitchPorts ports() {
    return bindings.ports();
  }

  /** The first port that other settings name and that is not there, unless it is missed already. */
  Optional<Problem> lacking(Settings candidate) {
    return bindings(candidate, List.of()).missing().stream()
        .filter(problem -> !bindings.missing().contains(problem))
        .findFirst();
  }

  /** What the operator should look at. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>(bindings.problems());
    problems.addAll(file.problems());
    unreadable.ifPresent(problems::add);
    return problems;
  }

  /** A port has spoken whose MAC is to be learned; tells whether it was. */
  boolean learn(PacketIn packet, Settings settings, Set<EndpointId> endpoints) {
    // More frames than the first may be under way when the port is bound.
    if (bridge.isEmpty()
        || packet.packet().length < FrameHead.ETHERNET
        || !ports().learning().contains(packet.inPort())) {
      return false;
    }
    long mac = Mac.number(packet.packet(), 6);
    boolean taken = ports().bound().stream().anyMatch(bound -> bound.mac() == mac);
    boolean host =
        ports().host().flatMap(SwitchPorts.Host::mac).filter(own -> own == mac).isPresent();
    if (!Mac.unicast(mac) || taken || host) {
      return false;
    }
    Optional<Bindings.Learned> binding =
        Bindings.learner(settings, bridge.get(), endpoints, file.lines(), packet.inPort());
    binding.ifPresent(each -> learned.put(each, mac));
    return binding.isPresent();
  }

  /**
   * Whose traffic the bridge sees.
   *
   * @param obstacle why nobody's, if so
   */
  Coverage coverage(Settings settings, Collection<LocalEndpoint> asked, Optional<String> obstacle) {
    List<EndpointId> ids = asked.stream().map(LocalEndpoint::id).distinct().toList();
    Bindings found = bindings(settings, ids);
    Set<EndpointId> covered = new HashSet<>();
    Map<EndpointId, String> uncovered = new HashMap<>();
    if (obstacle.isEmpty()) {
      found.ports().bound().forEach(bound -> covered.add(bound.endpoint()));
    }
    for (EndpointId id : ids) {
      if (!covered.contains(id)) {
        uncovered.put(id, obstacle.orElseGet(() -> found.reason(id, settings.home().bridge())));
      }
    }
    return new Coverage(covered, uncovered);
  }
}
