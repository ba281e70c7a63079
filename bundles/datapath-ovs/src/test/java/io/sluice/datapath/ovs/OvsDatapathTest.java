package io.sluice.datapath.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.DatapathObserver;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.Denial;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.Cidr;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import io.sluice.lab.Host;
import io.sluice.lab.Lab;
import io.sluice.lab.Node;
import io.sluice.lab.Outcome;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import io.sluice.lab.Probe;
import io.sluice.lab.Traffic;
import io.sluice.lab.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The datapath on a real switch, with real packets between real namespaces. */
@SuppressWarnings("NullAway.Init")
class OvsDatapathTest {
  private static final Duration SILENCE = Duration.ofMillis(700);
  private static final int WEB = 1;
  private static final int PEERS = 2;

  private Lab lab;
  private Node node;
  private Pod a;
  private Pod b;
  private Pod c;
  private Traffic traffic;
  private OvsDatapath datapath;
  private final Queue<Denial> denials = new ConcurrentLinkedQueue<>();
  private final Scene scene =
      new Scene("10.244.0.1", "fd00:10:244::1")
          .pod("a", "10.244.0.10", "fd00:10:244::10")
          .pod("b", "10.244.0.11", "fd00:10:244::11")
          .pod("c", "10.244.0.12", "fd00:10:244::12");

  @BeforeEach
  void begin() throws IOException {
    lab = Lab.create();
    node = lab.node("n1", List.of("10.244.0.1", "fd00:10:244::1"));
    List<Pod> pods =
        node.addPods(
            List.of(
                PodSpec.of("shop", "a", "10.244.0.10", "fd00:10:244::10"),
                PodSpec.of("shop", "b", "10.244.0.11", "fd00:10:244::11"),
                PodSpec.of("shop", "c", "10.244.0.12", "fd00:10:244::12")));
    a = pods.get(0);
    b = pods.get(1);
    c = pods.get(2);
    traffic = lab.traffic();
    for (Host host : List.of(a, b, c, node)) {
      for (Transport transport : Transport.values()) {
        traffic.listen(host, transport, 80, 81);
      }
    }
    datapath = new OvsDatapath(keys());
    datapath.attach(
        new DatapathObserver() {
          @Override
          public void denied(Denial denial) {
            denials.add(denial);
          }

          @Override
          public void statusChanged() {}
        });
  }

  private Map<String, Object> keys() {
    Map<String, Object> keys = new HashMap<>();
    keys.put("bridge", Node.BRIDGE);
    keys.put("socketDirectory", node.socketDirectory().toString());
    keys.put("manageBridge", "true");
    return keys;
  }

  @AfterEach
  void end() {
    if (datapath != null) {
      datapath.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  private void take(Snapshot snapshot) throws Exception {
    done(datapath.snapshot(snapshot));
    done(datapath.confirm(snapshot.revision()));
  }

  private void give(Update update) throws Exception {
    done(datapath.apply(update));
    done(datapath.confirm(update.revision()));
  }

  private void done(CompletionStage<Void> stage) throws Exception {
    try {
      stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(datapath.status().toString(), e);
    }
  }

  private List<Probe> probes(Host from, Host to, int port) {
    List<Probe> probes = new ArrayList<>();
    for (InetAddress address : to.addresses()) {
      for (Transport transport : Transport.values()) {
        probes.add(new Probe(from, address, transport, port));
      }
    }
    return probes;
  }

  private void expect(Outcome outcome, List<Probe> probes) throws IOException {
    Map<Probe, Outcome> outcomes =
        traffic.probe(probes, outcome == Outcome.ANSWERED ? Traffic.PATIENCE : SILENCE);
    assertEquals(
        List.of(),
        outcomes.entrySet().stream().filter(each -> each.getValue() != outcome).toList());
  }

  private void expect(Outcome outcome, Host from, Host to, int port) throws IOException {
    expect(outcome, probes(from, to, port));
  }

  @Test
  void allowsWhatNoRuleIsAbout() throws Exception {
    take(scene.at(1));
    for (Host from : List.of(a, b, node)) {
      for (Host to : List.of(a, b, node)) {
        if (from != to) {
          expect(Outcome.ANSWERED, from, to, 80);
        }
      }
    }
    assertEquals(DatapathStatus.State.READY, datapath.status().state());
    assertEquals(3, datapath.status().bindings().size());
    assertEquals(List.of(), datapath.status().problems());
  }

  @Test
  void isolatesAllowsAndRevokes() throws Exception {
    Rule isolate = scene.isolating(Direction.INGRESS, WEB, "web");
    Rule allow =
        scene.allowing(
            Direction.INGRESS, WEB, new PeerMatch.Addresses(PEERS), Scene.tcp(80, 80), "web");
    scene
        .subjects(WEB, "a")
        .addresses(PEERS, "10.244.0.11", "fd00:10:244::11")
        .with(isolate, allow);
    take(scene.at(1));
    Probe v4 = new Probe(b, a.v4(), Transport.TCP, 80);
    Probe v6 = new Probe(b, a.v6(), Transport.TCP, 80);
    expect(Outcome.ANSWERED, List.of(v4, v6));
    expect(Outcome.SILENT, b, a, 81);
    expect(Outcome.SILENT, c, a, 80);
    expect(Outcome.ANSWERED, a, c, 80);
    expect(Outcome.ANSWERED, node, a, 80);
    assertTrue(
        denials.stream().anyMatch(d -> d.rule().filter(r -> r == isolate.id()).isPresent()),
        denials::toString);
    assertTrue(
        datapath.counters().toCompletableFuture().get(5, TimeUnit.SECONDS).stream()
            .anyMatch(counter -> counter.rule() == allow.id()));
    Map<String, Long> counters = datapath.status().counters();
    assertTrue(
        counters.getOrDefault("packets denied", 0L)
            >= counters.getOrDefault("denials sampled", Long.MAX_VALUE),
        counters::toString);

    give(
        Scene.from(1)
            .addresses(
                PEERS,
                Scene.ips("10.244.0.12", "fd00:10:244::12"),
                Scene.ips("10.244.0.11", "fd00:10:244::11"))
            .update());
    expect(Outcome.SILENT, List.of(v4, v6));
    expect(Outcome.ANSWERED, List.of(new Probe(c, a.v4(), Transport.TCP, 80)));
  }

  @Test
  void flowsComeBackWhenTheyVanishAndWhenTheSwitchRestarts() throws Exception {
    scene.subjects(WEB, "a").with(scene.isolating(Direction.INGRESS, WEB, "web"));
    take(scene.at(1));
    expect(Outcome.SILENT, b, a, 80);
    node.ofctl("del-flows");
    await(() -> !node.ofctl("dump-flows").isBlank());
    node.killSwitch();
    node.startSwitch();
    await(() -> node.ofctl("dump-flows").contains("conj") || node.ofctl("dump-flows").length() > 0);
    expect(Outcome.SILENT, b, a, 80);
    expect(Outcome.ANSWERED, a, b, 80);
    give(Scene.from(1).subjects(WEB, Set.of("b"), Set.of("a")).update());
    expect(Outcome.ANSWERED, b, a, 80);
    expect(Outcome.SILENT, a, b, 80);
  }

  @Test
  void aNewProcessChangesNothingThatIsRight() throws Exception {
    Rule web = scene.isolating(Direction.INGRESS, WEB, "web");
    Rule range =
        scene.allowing(
            Direction.INGRESS, WEB, new PeerMatch.Addresses(PEERS), Scene.tcp(80, 443), "web");
    Rule block =
        scene.allowing(
            Direction.EGRESS,
            WEB,
            new PeerMatch.Block(Cidr.parse("fd00:10::/32")),
            new PortMatch.Range(Protocol.SCTP, 7, 9),
            "web");
    Rule pass =
        scene.tiered(Tier.ADMIN, 5, Direction.EGRESS, Action.PASS, WEB, new PeerMatch.Any());
    scene.subjects(WEB, "a", "c").addresses(PEERS, "10.244.0.11").with(web, range, block, pass);
    take(scene.at(1));
    Long flows = datapath.status().counters().get("flows");
    datapath.close();

    datapath = new OvsDatapath(keys());
    take(scene.at(7));
    assertEquals(flows, datapath.status().counters().get("flows"));
    assertEquals(Long.valueOf(0), datapath.status().counters().get("flow changes"));
    expect(Outcome.SILENT, b, a, 8080);

    datapath.release().toCompletableFuture().get(5, TimeUnit.SECONDS);
    assertEquals(
        "", node.ofctl("dump-flows", "--no-stats").lines().skip(1).reduce("", String::concat));
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (System.nanoTime() < end) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (IOException notYet) {
        // The switch is on its way up.
      }
      Thread.sleep(50);
    }
    throw new AssertionError("did not come true within 15 s");
  }
}
