package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.kit.cluster.Cluster;
import io.sluice.lab.ConnectionLoad;
import io.sluice.lab.Outcome;
import io.sluice.lab.Pod;
import io.sluice.lab.Probe;
import io.sluice.lab.Transport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What happens to connections while the switch or the policies change. */
class LoadTest {
  private static final int PORT = 80;
  private static final int PER_SECOND = 1000;
  private static final int FILLERS = 150;

  private static final String ONLY_TO_DB =
      """
      podSelector: {matchLabels: {name: web}}
      policyTypes: [Egress]
      egress: [{to: [{podSelector: {matchLabels: {name: db}}}]}]
      """;

  private static Manifests scene() {
    return Scenes.allow(
        Scenes.pods()
            .policy("shop", "deny-web", isolate("web"))
            .policy("shop", "deny-friend", isolate("friend")),
        "web",
        "db");
  }

  private static String isolate(String pod) {
    return """
    podSelector: {matchLabels: {name: %s}}
    policyTypes: [Ingress, Egress]
    """
        .formatted(pod);
  }

  /** Half of the connections go where they may, half where they may not, in both families. */
  private static ConnectionLoad load(Rig rig) throws IOException {
    Pod web = rig.pod("shop/web");
    Pod db = rig.pod("shop/db");
    Pod friend = rig.pod("shop/friend");
    rig.traffic().listen(db, Transport.TCP, PORT);
    rig.traffic().listen(friend, Transport.TCP, PORT);
    List<Probe> targets =
        List.of(
            new Probe(web, db.v4(), Transport.TCP, PORT),
            new Probe(web, friend.v4(), Transport.TCP, PORT),
            new Probe(web, db.v6(), Transport.TCP, PORT),
            new Probe(web, friend.v6(), Transport.TCP, PORT));
    return rig.traffic().load(web, targets, PER_SECOND);
  }

  private static boolean toFriend(Rig rig, ConnectionLoad.Attempt attempt) {
    return rig.pod("shop/friend").addresses().contains(attempt.target().to());
  }

  private static void assertNothingWronglyAllowed(Rig rig, List<ConnectionLoad.Attempt> attempts) {
    List<ConnectionLoad.Attempt> denied = attempts.stream().filter(a -> toFriend(rig, a)).toList();
    assertTrue(denied.size() > 1000, "only " + denied.size() + " attempts prove little");
    assertEquals(
        List.of(), denied.stream().filter(a -> a.outcome() != Outcome.SILENT).limit(5).toList());
  }

  private static List<ConnectionLoad.Attempt> allowed(
      Rig rig, List<ConnectionLoad.Attempt> attempts) {
    return attempts.stream().filter(a -> !toFriend(rig, a)).toList();
  }

  private static long answered(List<ConnectionLoad.Attempt> attempts) {
    return attempts.stream().filter(a -> a.outcome() == Outcome.ANSWERED).count();
  }

  @Test
  void aKilledSwitchComesBackClosedAndThenAsItWas() throws IOException {
    Cluster cluster = scene().cluster();
    try (Rig rig = new Rig(cluster, Set.of())) {
      rig.start(Map.of());
      rig.become(cluster);
      ConnectionLoad load = load(rig);
      Rig.sleep(1500);
      long killed = System.nanoTime();
      rig.node().killSwitch();
      Rig.sleep(500);
      long restarted = System.nanoTime();
      rig.node().startSwitch();
      rig.awaitReady();
      Rig.sleep(2500);
      List<ConnectionLoad.Attempt> attempts = load.stop();
      assertNothingWronglyAllowed(rig, attempts);
      List<ConnectionLoad.Attempt> open = allowed(rig, attempts);
      assertTrue(answered(open.stream().filter(a -> a.ended() < killed).toList()) > 0);
      long back =
          open.stream()
              .filter(a -> a.begun() > restarted && a.outcome() == Outcome.ANSWERED)
              .mapToLong(ConnectionLoad.Attempt::ended)
              .min()
              .orElseThrow(() -> new AssertionError("never came back"));
      System.out.printf(
          "vswitchd killed: 0 of %d connections wrongly allowed, the first allowed one %d ms after"
              + " the restart, %d of %d allowed ones not answered within 3 s%n",
          attempts.size(),
          (back - restarted) / 1_000_000,
          open.size() - answered(open),
          open.size());
    }
  }

  @Test
  void changesUnderLoadNeverAllowWhatNeitherAllows() throws IOException {
    Cluster first = generation("x", isolate("friend"));
    Cluster second = generation("y", ONLY_TO_DB);
    try (Rig rig = new Rig(first, Set.of())) {
      rig.start(Map.of());
      rig.become(first);
      ConnectionLoad load = load(rig);
      Rig.sleep(500);
      long deadline = System.nanoTime() + 8_000_000_000L;
      int changes = 0;
      while (System.nanoTime() < deadline) {
        rig.become(changes++ % 2 == 0 ? second : first);
      }
      List<ConnectionLoad.Attempt> attempts = load.stop();
      assertNothingWronglyAllowed(rig, attempts);
      List<ConnectionLoad.Attempt> open = allowed(rig, attempts);
      assertTrue(answered(open) > 0, "nothing passed at all");
      System.out.printf(
          "%d changes of all policies: 0 of %d connections wrongly allowed, %d of %d allowed ones"
              + " not answered within 3 s%n",
          changes, attempts.size(), open.size() - answered(open), open.size());
    }
  }

  /**
   * A generation shares no policy with the other, and each denies web to friend for another reason:
   * one isolates friend, the other web. What does so has the last name, so that it is the last to
   * be added: had the other generation's gone before, packets would pass.
   */
  private static Cluster generation(String name, String last) throws IOException {
    Manifests manifests = Scenes.pods();
    for (int i = 0; i < FILLERS; i++) {
      manifests.policy(
          "shop",
          name + "-filler-" + (100 + i),
          """
          podSelector: {matchLabels: {name: db}}
          policyTypes: [Ingress]
          ingress:
          - from: [{podSelector: {matchLabels: {name: web}}}, {ipBlock: {cidr: 10.9.%d.0/24}}]
            ports: [{port: %d}]
          """
              .formatted(i, 1000 + i));
    }
    manifests.policy(
        "shop",
        name + "-open",
        """
        podSelector: {matchLabels: {name: db}}
        policyTypes: [Ingress]
        ingress: [{from: [{podSelector: {matchLabels: {name: web}}}]}]
        """);
    return manifests.policy("shop", name + "-zz-last", last).cluster();
  }
}
