package io.sluice.itests.ovs;

import io.sluice.kit.cluster.Cluster;
import io.sluice.lab.ConnectionLoad;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to connections while the switch or the policies change. */
class LoadTest {
  private static final int FILLERS = 150;

  private static final String ONLY_TO_DB =
      """
      podSelector: {matchLabels: {name: web}}
      policyTypes: [Egress]
      egress: [{to: [{podSelector: {matchLabels: {name: db}}}]}]
      """;

  @Test
  void aKilledSwitchComesBackClosedAndThenAsItWas() throws IOException {
    Cluster cluster = PolicedLoad.scene().cluster();
    try (Rig rig = new Rig(cluster, Set.of())) {
      rig.start(Map.of());
      rig.become(cluster);
      PolicedLoad load = PolicedLoad.start(rig);
      Rig.sleep(1500);
      rig.node().killSwitch();
      Rig.sleep(500);
      long restarted = System.nanoTime();
      rig.node().startSwitch();
      rig.awaitReady();
      Rig.sleep(2500);
      List<ConnectionLoad.Attempt> attempts = load.end();
      System.out.printf(
          "vswitchd killed: %s, the first %d ms after the restart%n",
          load.result(attempts), load.firstAnsweredAfterMillis(restarted, attempts));
    }
  }

  @ParameterizedTest
  @EnumSource
  void changesUnderLoadNeverAllowWhatNeitherAllows(Backend backend) throws IOException {
    Cluster first = generation("x", PolicedLoad.isolate("friend"));
    Cluster second = generation("y", ONLY_TO_DB);
    try (Rig rig = new Rig(backend, first, Set.of())) {
      rig.start(Map.of());
      rig.become(first);
      PolicedLoad load = PolicedLoad.start(rig);
      Rig.sleep(500);
      long deadline = System.nanoTime() + 6_000_000_000L;
      int changes = 0;
      while (System.nanoTime() < deadline) {
        rig.become(changes++ % 2 == 0 ? second : first);
      }
      System.out.printf("%s: %d changes of all policies: %s%n", backend, changes, load.stop());
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
