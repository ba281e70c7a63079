package io.sluice.kit.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Change;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.NamedPort;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomClusterTest {
  private static final int SEEDS = 300;
  private static final List<String> WANTED =
      List.of(
          "address shared by live pods",
          "address of a finished pod reused",
          "finished pod",
          "pod on its node's network",
          "pod without address",
          "pod of both families",
          "pod that is not scheduled",
          "pod before its namespace",
          "pods that started together",
          "one port name with two numbers",
          "one port name with two protocols",
          "operator=In",
          "operator=NotIn",
          "operator=Exists",
          "operator=DoesNotExist",
          "endPort=",
          "except=[",
          "except=[10.1.0.0/25, 10.1.0.0/29]",
          "port=http",
          "protocol=SCTP",
          "protocol=UDP",
          "protocol=null",
          "podSelector=null",
          "podSelector={}",
          "namespaceSelector={}",
          "namespaceSelector={matchLabels={kubernetes.io/metadata.name=",
          "policyTypes=[]",
          "policyTypes=null",
          "policyTypes=[Ingress, Ingress]",
          "ingress=[]",
          "ingress=null",
          "egress=[]",
          "from=null",
          "to=[]",
          "ports=[]",
          "10.1.0.77/24");

  @Test
  void oneSeedGivesOneCluster() {
    assertEquals(RandomCluster.of(7).resources(), RandomCluster.of(7).resources());
  }

  @Test
  void everythingThatCanGoWrongIsThere() {
    Map<String, Integer> seen = new HashMap<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      Cluster cluster = RandomCluster.of(seed);
      pods(cluster, seen);
      String policies = cluster.policies().toString();
      WANTED.stream().filter(policies::contains).forEach(what -> see(seen, what));
    }
    Set<String> missing = new HashSet<>(WANTED);
    missing.removeAll(seen.keySet());
    assertEquals(Set.of(), missing, () -> "never made in " + SEEDS + " clusters; seen " + seen);
  }

  private static void see(Map<String, Integer> seen, String what) {
    seen.merge(what, 1, Integer::sum);
  }

  private static void pods(Cluster cluster, Map<String, Integer> seen) {
    for (Endpoint pod : cluster.endpoints()) {
      seeIf(seen, pod.lifecycle() == Endpoint.Lifecycle.FINISHED, "finished pod");
      seeIf(seen, pod.network() == Endpoint.Network.HOST, "pod on its node's network");
      seeIf(seen, pod.selectable() && pod.addresses().isEmpty(), "pod without address");
      seeIf(seen, pod.selectable() && pod.addresses().size() == 2, "pod of both families");
      seeIf(seen, pod.nodeName().isEmpty(), "pod that is not scheduled");
      seeIf(
          seen,
          cluster.namespaces().stream().noneMatch(known -> known.name().equals(pod.namespace())),
          "pod before its namespace");
      ports(pod, seen);
      for (Endpoint other : cluster.endpoints()) {
        if (!other.key().equals(pod.key()) && pod.selectable() && shares(pod, other)) {
          seeIf(seen, other.selectable(), "address shared by live pods");
          seeIf(
              seen,
              other.lifecycle() == Endpoint.Lifecycle.FINISHED,
              "address of a finished pod reused");
          seeIf(
              seen,
              other.selectable() && other.started().equals(pod.started()),
              "pods that started together");
        }
      }
    }
  }

  private static boolean shares(Endpoint pod, Endpoint other) {
    Set<IpAddress> both = new HashSet<>(pod.addresses());
    both.retainAll(other.addresses());
    return !both.isEmpty();
  }

  private static void ports(Endpoint pod, Map<String, Integer> seen) {
    for (NamedPort one : pod.ports()) {
      for (NamedPort other : pod.ports()) {
        if (one.name().equals(other.name())) {
          boolean sameProtocol = one.protocol() == other.protocol();
          seeIf(
              seen,
              sameProtocol && one.number() != other.number(),
              "one port name with two numbers");
          seeIf(seen, !sameProtocol, "one port name with two protocols");
        }
      }
    }
  }

  private static void seeIf(Map<String, Integer> seen, boolean is, String what) {
    if (is) {
      see(seen, what);
    }
  }

  @Test
  void changesLeadFromClusterToClusterAndVerdictsAreMixed() {
    long denied = 0;
    long allowedByPolicy = 0;
    long all = 0;
    for (long seed = 0; seed < 40; seed++) {
      Dice dice = new Dice(seed);
      Cluster cluster = new RandomCluster(dice).make();
      RandomChanges changes = new RandomChanges(dice, cluster);
      for (int step = 0; step < 4; step++) {
        List<Change> next = changes.next();
        cluster = cluster.with(next);
        assertEquals(cluster.resources(), changes.cluster().resources());
      }
      NaiveEvaluator naive = new NaiveEvaluator(cluster);
      List<Integer> ports = List.copyOf(Questions.ports(cluster));
      for (IpAddress from : Questions.addresses(cluster)) {
        for (IpAddress to : Questions.addresses(cluster)) {
          NaiveEnd target = naive.address(to);
          if (from.family() == to.family() && target.peer().isPresent()) {
            NaiveVerdict verdict = naive.ingress(naive.address(from), target, 6, dice.pick(ports));
            all++;
            denied += verdict.allowed() ? 0 : 1;
            allowedByPolicy +=
                verdict.allowed() && verdict.by().startsWith("NetworkPolicy/") ? 1 : 0;
          }
        }
      }
    }
    assertTrue(denied > all * 15 / 100, denied + " of " + all + " denied");
    assertTrue(allowedByPolicy > all * 15 / 100, allowedByPolicy + " of " + all + " allowed");
  }
}
