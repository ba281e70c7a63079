package io.sluice.datapath.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Tier;
import io.sluice.datapath.ovs.openflow.Action.Output;
import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.FlowKey;
import io.sluice.datapath.ovs.openflow.FlowMod;
import io.sluice.datapath.ovs.openflow.Match;
import io.sluice.datapath.ovs.openflow.PortNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From desired states to flows, without a switch. */
class CompilerTest {
  private static final Layout LAYOUT = new Layout(0);
  static final PipelineOptions OPTIONS =
      new PipelineOptions(
          LAYOUT,
          7,
          new FinalAction.Normal(),
          true,
          false,
          false,
          List.of(),
          false,
          OptionalInt.empty(),
          false);
  private static final int WEB = 1;
  private static final int PEERS = 2;
  static final SwitchPorts PORTS =
      new SwitchPorts(
          Optional.of(new SwitchPorts.Host(PortNumber.LOCAL, Optional.of(0x0200_0000_0001L))),
          List.of(9),
          List.of(),
          List.of(
              new SwitchPorts.Bound(1, "va", 0x0a58_0000_0001L, Scene.id("a")),
              new SwitchPorts.Bound(2, "vb", 0x0a58_0000_0002L, Scene.id("b"))),
          List.of(),
          List.of(5));

  private final Scene scene =
      new Scene("10.0.0.1").pod("a", "10.0.0.10", "fd00::10").pod("b", "10.0.0.11");

  static Map<FlowKey, Flow> flows(Compiler compiler) {
    Map<FlowKey, Flow> flows = new HashMap<>();
    compiler.book().forEach(flow -> flows.put(flow.key(), flow));
    assertEquals(compiler.book().size(), flows.size(), "every key once, and counted");
    return flows;
  }

  private Compiler compiled() throws Exception {
    return Compiler.of(OPTIONS, scene.at(1), PORTS);
  }

  private static List<Flow> in(Compiler compiler, int table, String part) {
    return flows(compiler).values().stream()
        .filter(flow -> flow.table() == table && flow.toString().contains(part))
        .toList();
  }

  @Test
  void everyTableHasAMissAndNoFlowSaysNormal() throws Exception {
    Compiler compiler = compiled();
    for (int table = 0; table <= LAYOUT.deliver(); table++) {
      assertTrue(flows(compiler).containsKey(new FlowKey(table, 0, Match.any())), "table " + table);
    }
    assertEquals(
        List.of(),
        flows(compiler).values().stream().filter(f -> f.toString().contains("NORMAL")).toList());
  }

  @Test
  void onePeerMoreIsOneFlowMoreWhateverTheOtherDimensions() throws Exception {
    scene
        .subjects(WEB, "a", "b")
        .addresses(PEERS, "10.9.0.1")
        .with(
            scene.isolating(Direction.INGRESS, WEB, "web"),
            scene.allowing(
                Direction.INGRESS,
                WEB,
                new PeerMatch.Addresses(PEERS),
                Scene.tcp(1000, 2000),
                "web"));
    Compiler compiler = compiled();
    compiler.apply(
        Scene.from(1).addresses(PEERS, Scene.ips("10.9.0.2", "10.9.0.3"), Set.of()).update());
    List<FlowMod> mods = compiler.book().takeChanges();
    assertEquals(2, mods.size(), mods::toString);
    assertTrue(mods.stream().allMatch(mod -> mod.command() == FlowMod.Command.ADD));
  }

  @Test
  void rulesThatShareAMatchShareAFlow() throws Exception {
    Rule[] rules = new Rule[2_500];
    for (int i = 0; i < rules.length; i++) {
      rules[i] =
          scene.allowing(
              Direction.INGRESS,
              WEB,
              new PeerMatch.Addresses(PEERS),
              Scene.tcp(80 + i, 80 + i),
              "p" + i);
    }
    scene.subjects(WEB, "b").addresses(PEERS, "10.9.0.1").with(rules);
    Compiler compiler = compiled();
    int table = LAYOUT.tier(Direction.INGRESS, Tier.NAMESPACED);
    List<Flow> subject = in(compiler, table, "ct_nw_dst=10.0.0.11");
    assertEquals(3, subject.size(), "shards of at most " + ClauseSet.SHARD);
    assertEquals(rules.length, subject.stream().mapToInt(flow -> flow.actions().size()).sum());
    assertEquals(1, subject.stream().map(Flow::priority).distinct().count());
    assertTrue(subject.stream().allMatch(Flow::fits));

    compiler.apply(Scene.from(1).remove(rules[0], rules[1], rules[2_499]).update());
    assertEquals(
        rules.length - 3,
        in(compiler, table, "ct_nw_dst=10.0.0.11").stream()
            .mapToInt(flow -> flow.actions().size())
            .sum());
  }

  @Test
  void anAddressOfTwoEndpointsIsJudgedForBoth() throws Exception {
    Scene twice =
        new Scene("10.0.0.1")
            .pod("a", "10.0.0.10")
            .pod("b", "10.0.0.10")
            .subjects(WEB, "a")
            .subjects(3, "b");
    twice.with(
        twice.isolating(Direction.INGRESS, WEB, "web"), twice.isolating(Direction.INGRESS, 3, "b"));
    Compiler compiler = Compiler.of(OPTIONS, twice.at(1), PORTS);
    assertEquals(2, in(compiler, LAYOUT.isolation(Direction.INGRESS), "10.0.0.10").size());
    assertEquals(1, in(compiler, LAYOUT.next(Direction.INGRESS), "10.0.0.10").size());
    compiler.apply(Scene.from(1).gone("a").subjects(WEB, Set.of(), Set.of("a")).update());
    List<Flow> left = in(compiler, LAYOUT.isolation(Direction.INGRESS), "10.0.0.10");
    assertEquals(1, left.size());
    assertTrue(left.getFirst().match().toString().contains("reg9=0x0"), left::toString);
    assertEquals(0, in(compiler, LAYOUT.next(Direction.INGRESS), "10.0.0.10").size());
  }

  @Test
  void aPortWhoseEndpointHasGoneIsNotAnUnguardedOne() throws Exception {
    scene.subjects(WEB, "a").with(scene.isolating(Direction.INGRESS, WEB, "web"));
    Compiler compiler = compiled();
    compiler.apply(Scene.from(1).gone("a").subjects(WEB, Set.of(), Set.of("a")).update());
    for (Flow flow : flows(compiler).values()) {
      assertFalse(flow.actions().contains(new Output(1)), flow::toString);
      assertFalse(flow.match().toString().contains("in_port=1,"), flow::toString);
    }
    compiler.apply(Scene.from(2).pod("a", "10.0.0.10").update());
    assertTrue(
        flows(compiler).values().stream().anyMatch(f -> f.actions().contains(new Output(1))));
  }

  @Test
  void anIsolatedPortTakesOnlyJudgedPacketsToItsOwnAddresses() throws Exception {
    Rule isolate = scene.isolating(Direction.INGRESS, WEB, "web");
    scene.subjects(WEB, "a");
    Compiler compiler = compiled();
    String mac = "eth_dst=0a:58:00:00:00:01";
    // Neighbour discovery, two addresses, no more from guarded pods, but from others anything.
    assertEquals(5, in(compiler, LAYOUT.deliver(), mac).size());
    compiler.apply(Scene.from(1).add(isolate).update());
    List<Flow> delivering = in(compiler, LAYOUT.deliver(), mac);
    // Neighbour discovery, two addresses, and the drop.
    assertEquals(4, delivering.size(), delivering::toString);
    assertTrue(
        delivering.stream().anyMatch(flow -> flow.priority() == 510 && flow.actions().isEmpty()));
    for (Flow flow : in(compiler, LAYOUT.deliver(), "01:00:00:00:00:00")) {
      boolean neighbour = flow.priority() == 610;
      assertEquals(neighbour, flow.toString().contains("output:1,"), flow::toString);
      assertFalse(flow.toString().contains("output:5"), "unknown ports get nothing");
    }
    compiler.apply(Scene.from(2).remove(isolate).update());
    assertEquals(flows(compiled()), flows(compiler));
  }

  @Test
  void ordersThatComeLaterFindAPlaceUntilThereIsNone() throws Exception {
    List<Rule> rules = new ArrayList<>();
    for (int order : new int[] {0, 1_000_000}) {
      rules.add(
          scene.tiered(Tier.ADMIN, order, Direction.EGRESS, Action.DENY, WEB, new PeerMatch.Any()));
    }
    scene.subjects(WEB, "a").with(rules.toArray(Rule[]::new));
    Compiler compiler = compiled();
    int table = LAYOUT.tier(Direction.EGRESS, Tier.ADMIN);
    int order = 500_000;
    for (int step = 0; step < 10; step++) {
      Rule between =
          scene.tiered(Tier.ADMIN, order, Direction.EGRESS, Action.ALLOW, WEB, new PeerMatch.Any());
      compiler.apply(Scene.from(step + 1L).add(between).update());
      order /= 2;
    }
    Set<Integer> priorities = new HashSet<>();
    in(compiler, table, "10.0.0.10").forEach(flow -> priorities.add(flow.priority()));
    assertEquals(12, priorities.size());
    Compiler full = compiler;
    assertThrows(
        Priorities.Exhausted.class,
        () -> {
          for (int step = 10; step < 2_000; step++) {
            full.apply(
                Scene.from(step + 1L)
                    .add(
                        scene.tiered(
                            Tier.ADMIN,
                            1_500_000 + step,
                            Direction.EGRESS,
                            Action.ALLOW,
                            WEB,
                            new PeerMatch.Any()))
                    .update());
          }
        });
  }

  @Test
  void aStaleUpdateChangesNothing() throws Exception {
    Compiler compiler = compiled();
    assertThrows(
        StaleRevisionException.class,
        () -> compiler.apply(Scene.from(5).pod("z", "10.0.0.99").update()));
    assertEquals(List.of(), compiler.book().takeChanges());
  }

  @Test
  void rangesOfPortsAreCoveredExactly() {
    for (int[] range : new int[][] {{0, 65535}, {80, 80}, {1, 65534}, {1000, 2000}, {0, 1}}) {
      boolean[] covered = new boolean[65536];
      for (Matches.PortBlock block : Matches.blocks(range[0], range[1])) {
        for (int port = 0; port < covered.length; port++) {
          if ((port & block.mask()) == block.first()) {
            assertFalse(covered[port]);
            covered[port] = true;
          }
        }
      }
      for (int port = 0; port < covered.length; port++) {
        assertEquals(port >= range[0] && port <= range[1], covered[port]);
      }
    }
  }
}
