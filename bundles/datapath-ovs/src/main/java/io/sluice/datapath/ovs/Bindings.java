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
 */
record Bindings(SwitchPorts ports, List<Problem> problems) {
  /** Copies the list. */
  Bindings {
    problems = List.copyOf(problems);
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
                          () -> learning.add(candidate.number())));
      return new Bindings(
          new SwitchPorts(host, uplinks, finals, bound, learning, unknown), problems);
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

    private void pod(SwitchConfig.Interface port, int number) {
      Optional<PortsFile.Line> line = Optional.ofNullable(file.get(port.name()));
      String id =
          line.map(each -> each.namespace() + "_" + each.pod())
              .orElse(port.externalIds().getOrDefault("iface-id", ""));
      EndpointId endpoint = byName.get(id);
      if (endpoint == null) {
        unknown.add(number);
        return;
      }
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
          problem(
              "Bridge/" + bridge.name(),
              "uplinkPorts",
              "the bridge has no port " + uplink,
              "add the port, or correct the key");
        }
      }
      if (host.isEmpty()) {
        problem(
            "Bridge/" + bridge.name(),
            "hostPort",
            "the bridge has no port " + settings.hostPort(),
            "add the port, or correct the key: the node does not reach its pods");
      }
    }

    private void problem(String object, String field, String message, String remedy) {
      problems.add(new Problem("ovs", object, field, message, remedy));
    }
  }
}
