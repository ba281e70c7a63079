package io.sluice.benchmarks;

import io.sluice.api.datapath.Update;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Peer;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PolicyRule;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.NamespaceScope;
import io.sluice.api.selector.Requirement;
import io.sluice.datapath.ovs.OvsDatapath;
import io.sluice.engine.core.Locality;
import io.sluice.engine.core.PolicyEngine;
import io.sluice.lab.Lab;
import io.sluice.lab.Node;
import io.sluice.lab.PodSpec;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One event on a real switch: a pod elsewhere goes or comes, which takes its address out of a group
 * that the rules of this node's pods admit, or puts it in. Timed from the event entering the engine
 * to the switch's acknowledgement, and to the end of its revalidation.
 */
final class SwitchEvents {
  private static final int LOCAL = 10;
  private static final int EVENTS = 1_000;

  /** How many events there are for one whose revalidation is awaited, which takes long. */
  private static final int CONFIRMED = 25;

  private static final int PATIENCE_SECONDS = 120;
  private static final String NAMESPACE = "shop";

  private final int peers;
  private final PolicyEngine engine = new PolicyEngine(Locality.node("here"));

  /**
   * A measurement.
   *
   * @param peers how many pods are elsewhere; about as many flows are on the switch
   */
  SwitchEvents(int peers) {
    this.peers = peers;
  }

  /** Makes the switch, measures and prints; removes everything. */
  void run() throws IOException, InterruptedException {
    try (Lab lab = Lab.create()) {
      Node node = lab.node("n1", List.of("192.0.2.1"));
      List<PodSpec> pods = new ArrayList<>();
      for (int i = 0; i < LOCAL; i++) {
        pods.add(PodSpec.of(NAMESPACE, "here-" + i, "10.0.0." + (i + 1)));
      }
      node.addPods(pods);
      try (OvsDatapath datapath =
          new OvsDatapath(
              Map.of(
                  "bridge",
                  Node.BRIDGE,
                  "socketDirectory",
                  node.socketDirectory().toString(),
                  "manageBridge",
                  "true"))) {
        load();
        long begin = System.nanoTime();
        await(datapath.snapshot(engine.snapshot()));
        double loaded = (System.nanoTime() - begin) / 1e9;
        await(datapath.confirm(engine.revision()));
        System.out.printf(
            Locale.ROOT,
            "O1 %d peers: %d flows from empty in %.3f s%n",
            peers,
            datapath.status().counters().getOrDefault("flows", -1L),
            loaded);
        events(datapath);
      }
    }
  }

  private void load() {
    engine.upsert(new Namespace(NAMESPACE, Map.of(Namespace.NAME_LABEL, NAMESPACE), "bench"));
    for (int i = 0; i < LOCAL; i++) {
      engine.upsert(pod("here-" + i, "here", "server", 0x0a000001 + i));
    }
    for (int i = 0; i < peers; i++) {
      engine.upsert(peer(i));
    }
    engine.upsert(
        new TranslatedPolicy(
            new PolicyRef("NetworkPolicy", NAMESPACE, "servers"),
            Tier.NAMESPACED,
            0,
            group("server"),
            Set.of(Direction.INGRESS),
            List.of(
                new PolicyRule(
                    Direction.INGRESS,
                    Action.ALLOW,
                    List.of(new Peer.Pods(group("client"))),
                    List.of(new PortMatch.Range(Protocol.TCP, 8080, 8080)),
                    0))));
    engine.commit();
  }

  private void events(OvsDatapath datapath) throws InterruptedException {
    long[] acknowledged = new long[EVENTS];
    long[] inForce = new long[EVENTS / CONFIRMED];
    for (int i = 0; i < EVENTS; i++) {
      Endpoint pod = peer(i / 2 % peers);
      long begin = System.nanoTime();
      if (i % 2 == 0) {
        engine.remove(pod.key());
      } else {
        engine.upsert(pod);
      }
      Update update = engine.commit().orElseThrow();
      await(datapath.apply(update));
      acknowledged[i] = System.nanoTime() - begin;
      if (i % CONFIRMED == 0) {
        await(datapath.confirm(update.revision()));
        inForce[i / CONFIRMED] = System.nanoTime() - begin;
      }
    }
    print("acknowledged", acknowledged);
    print("in force", inForce);
  }

  private void print(String what, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "O1 %d peers: event to %s, p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
        peers,
        what,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        nanos[nanos.length - 1] / 1e6);
  }

  private static GroupSelector group(String app) {
    return new GroupSelector(
        new NamespaceScope.Named(NAMESPACE), LabelSelector.of(Requirement.equal("app", app)));
  }

  private static Endpoint peer(int number) {
    return pod("there-" + number, "there", "client", 0x0a100000 + number);
  }

  private static Endpoint pod(String name, String node, String app, int address) {
    return new Endpoint(
        NAMESPACE,
        name,
        "",
        node,
        Map.of("app", app),
        List.of(IpAddress.v4(address)),
        List.of(),
        List.of(),
        Endpoint.Network.POD,
        Endpoint.Lifecycle.LIVE,
        Instant.EPOCH,
        "bench");
  }

  private static void await(CompletionStage<?> stage) throws InterruptedException {
    try {
      stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the datapath failed", e);
    }
  }
}
