package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.kit.cluster.Cluster;
import io.sluice.lab.SwitchPicture;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The datapath goes and comes back; the rules stay, and what differs is one bundle. */
class RestartTest {
  private static final int POLICIES = 40;

  private static Manifests scene(int shift) {
    Manifests manifests = PolicedLoad.scene();
    for (int i = 0; i < POLICIES; i++) {
      int port = 2000 + i + (i % 8 == 0 ? shift : 0);
      manifests.policy(
          "shop",
          "p" + i,
          """
          podSelector: {matchLabels: {name: db}}
          policyTypes: [Ingress]
          ingress:
          - from: [{podSelector: {matchLabels: {name: friend}}}, {ipBlock: {cidr: 10.9.%d.0/24}}]
            ports: [{port: %d}]
          """
              .formatted(i, port));
    }
    return manifests;
  }

  private static Map<String, String> flows(Rig rig) throws IOException {
    Map<String, String> flows = new HashMap<>();
    for (String line : SwitchPicture.flows(rig.node())) {
      int at = line.indexOf(" actions=");
      // The cookie is no part of what makes a flow one flow.
      flows.put(line.substring(0, at).replaceFirst("cookie=\\w+, ", ""), line);
    }
    return flows;
  }

  @Test
  void theNextStartSendsWhatDiffersAndNothingElse() throws IOException {
    Cluster first = scene(0).cluster();
    try (Rig rig = new Rig(first, Set.of())) {
      rig.start(Map.of());
      rig.become(first);
      PolicedLoad load = PolicedLoad.start(rig);
      Rig.sleep(300);
      Map<String, String> before = flows(rig);
      rig.crash();
      Rig.sleep(300);
      rig.begin(Map.of());
      rig.resume();
      assertEquals(0, changes(rig), "nothing has changed");
      assertEquals(before, flows(rig));

      rig.crash();
      rig.becomeUnseen(scene(500).cluster());
      Rig.sleep(300);
      assertEquals(before, flows(rig), "while nobody is there");
      rig.begin(Map.of());
      rig.resume();
      Map<String, String> after = flows(rig);
      Set<String> keys = new HashSet<>(before.keySet());
      keys.addAll(after.keySet());
      long different =
          keys.stream().filter(key -> !Objects.equals(before.get(key), after.get(key))).count();
      assertTrue(different > 0);
      assertEquals(different, changes(rig));
      assertEquals(1L, rig.datapath().status().counters().get("bundles"));
      Rig.sleep(1000);
      System.out.printf(
          "restart: 0 flow changes for the same state, %d of %d flows for %d of %d policies; %s%n",
          different, after.size(), POLICIES / 8, POLICIES, load.stop());
    }
  }

  private static long changes(Rig rig) {
    return rig.datapath().status().counters().getOrDefault("flow changes", -1L);
  }
}
