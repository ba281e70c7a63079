package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Resource;
import io.sluice.kit.cluster.Cluster;
import io.sluice.kit.cluster.Dice;
import io.sluice.kit.cluster.NaiveEvaluator;
import io.sluice.kit.cluster.Questions;
import io.sluice.kit.cluster.RandomCluster;
import io.sluice.lab.Host;
import io.sluice.lab.Outcome;
import io.sluice.lab.Probe;
import io.sluice.lab.Traffic;
import io.sluice.lab.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random policies on a random cluster of nine pods or more: everybody asks everybody, by TCP, UDP
 * and SCTP, in both families, and every packet meets the fate that the naive evaluator says.
 */
class RandomPoliciesTest {
  private static final int CLUSTERS = 2;
  private static final int GENERATIONS = 4;
  private static final int PODS = 9;

  @ParameterizedTest
  @EnumSource
  void everyProbeEqualsTheNaiveEvaluator(Backend backend) throws IOException {
    long seed = Long.getLong("sluice.seed", System.nanoTime() & 0xffffff);
    System.out.println("random policies on " + backend + ": -Dsluice.seed=" + seed);
    Dice dice = new Dice(seed);
    int asked = 0;
    int denied = 0;
    for (int i = 0; i < CLUSTERS; i++) {
      Cluster cluster = suitable(dice);
      Set<IpAddress> externals = new HashSet<>(RandomCluster.externals());
      try (Rig rig = new Rig(backend, cluster, externals)) {
        List<Integer> ports = dice.some(List.copyOf(Questions.ports(cluster)), 3);
        List<Probe> probes = probes(rig, ports);
        rig.start(Map.of());
        for (int generation = 0; generation < GENERATIONS; generation++) {
          rig.become(cluster);
          Map<Probe, Outcome> outcomes = rig.traffic().probe(probes, Traffic.PATIENCE);
          asked += outcomes.size();
          denied += (int) outcomes.values().stream().filter(o -> o != Outcome.ANSWERED).count();
          compare(rig, cluster, outcomes, "seed " + seed + ", cluster " + i + "." + generation);
          cluster = withOtherPolicies(dice, cluster);
        }
      }
    }
    System.out.println(asked + " probes, " + denied + " of them denied");
  }

  /** A cluster with enough pods on the bridge, each with addresses of its own. */
  private static Cluster suitable(Dice dice) {
    while (true) {
      Cluster cluster = adapt(RandomCluster.of(dice.seed()));
      boolean node = cluster.nodes().stream().anyMatch(n -> n.name().equals(Manifests.NODE));
      if (node && cluster.endpoints().stream().filter(Rig::isHere).count() >= PODS) {
        return cluster;
      }
    }
  }

  /**
   * Two hosts with one address can't both be asked, so of two live pods with one address one goes;
   * most pods move to the node whose switch is here.
   */
  private static Cluster adapt(Cluster random) {
    List<IpAddress> host =
        random.nodes().stream()
            .filter(node -> node.name().equals(Manifests.NODE))
            .flatMap(node -> node.addresses().stream())
            .toList();
    List<Resource> resources = new ArrayList<>();
    Set<IpAddress> taken = new HashSet<>();
    int here = 0;
    for (Resource resource : random.resources().values()) {
      if (resource instanceof Endpoint pod && pod.selectable()) {
        boolean free = pod.addresses().stream().noneMatch(taken::contains);
        taken.addAll(pod.addresses());
        if (free) {
          resources.add(here++ < PODS ? moved(pod, host) : pod);
        }
      } else {
        resources.add(resource);
      }
    }
    return Cluster.of(resources);
  }

  private static Endpoint moved(Endpoint pod, List<IpAddress> host) {
    return new Endpoint(
        pod.namespace(),
        pod.name(),
        pod.uid(),
        Manifests.NODE,
        pod.labels(),
        pod.addresses(),
        host,
        pod.ports(),
        pod.network(),
        pod.lifecycle(),
        pod.started(),
        pod.origin());
  }

  /** The same pods under the policies and labels of other random clusters. */
  private static Cluster withOtherPolicies(Dice dice, Cluster cluster) {
    Cluster other = RandomCluster.of(dice.seed());
    List<Resource> resources = new ArrayList<>(other.policies());
    for (Resource resource : cluster.resources().values()) {
      if (resource instanceof ClaimedResource) {
        continue;
      }
      resources.add(
          resource instanceof Endpoint pod && dice.percent(40)
              ? relabelled(pod, dice.pick(other.endpoints()).labels())
              : resource);
    }
    return Cluster.of(resources);
  }

  private static Endpoint relabelled(Endpoint pod, Map<String, String> labels) {
    return new Endpoint(
        pod.namespace(),
        pod.name(),
        pod.uid(),
        pod.nodeName(),
        labels,
        pod.addresses(),
        pod.hostAddresses(),
        pod.ports(),
        pod.network(),
        pod.lifecycle(),
        pod.started(),
        pod.origin());
  }

  private static List<Probe> probes(Rig rig, List<Integer> ports) throws IOException {
    Set<Host> hosts =
        new LinkedHashSet<>(new TreeSet<>(rig.pods().keySet()).stream().map(rig::pod).toList());
    hosts.add(rig.host());
    hosts.add(rig.outside());
    int[] listening = ports.stream().mapToInt(Integer::intValue).toArray();
    List<Probe> probes = new ArrayList<>();
    for (Host to : hosts) {
      for (Transport transport : Transport.values()) {
        rig.traffic().listen(to, transport, listening);
      }
      for (Host from : hosts) {
        if (from.equals(to)) {
          continue;
        }
        for (InetAddress source : from.addresses()) {
          for (InetAddress target : to.addresses()) {
            if (source.getAddress().length == target.getAddress().length) {
              for (Transport transport : Transport.values()) {
                for (int port : ports) {
                  probes.add(new Probe(from, source, target, transport, port));
                }
              }
            }
          }
        }
      }
    }
    return probes;
  }

  private static void compare(Rig rig, Cluster cluster, Map<Probe, Outcome> outcomes, String where)
      throws IOException {
    NaiveEvaluator naive = new NaiveEvaluator(cluster);
    Set<Probe> lost =
        outcomes.keySet().stream()
            .filter(probe -> outcomes.get(probe) != Outcome.ANSWERED && passes(naive, probe))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    // A busy machine loses packets; what is denied stays so however often it is asked.
    Map<Probe, Outcome> again = rig.traffic().probe(lost, Traffic.PATIENCE);
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<Probe, Outcome> asked : outcomes.entrySet()) {
      boolean passes = passes(naive, asked.getKey());
      Outcome outcome = again.getOrDefault(asked.getKey(), asked.getValue());
      if (outcome != (passes ? Outcome.ANSWERED : Outcome.SILENT)) {
        wrong.add(asked.getKey() + ": " + outcome + " but should " + (passes ? "pass" : "not"));
      }
    }
    assertEquals(List.of(), wrong, where + "\n" + cluster);
  }

  private static boolean passes(NaiveEvaluator naive, Probe probe) {
    return naive.passes(
        naive.address(IpAddress.of(probe.source().getAddress())),
        naive.address(IpAddress.of(probe.to().getAddress())),
        probe.transport().number(),
        probe.port(),
        Rig::isHere);
  }
}
