package io.sluice.benchmarks;

import io.sluice.api.datapath.Update;
import io.sluice.datapath.ovs.OvsDatapath;
import io.sluice.engine.core.PolicyEngine;
import io.sluice.lab.Lab;
import io.sluice.lab.Node;
import io.sluice.lab.PodSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private static final int EVENTS = 1_000;

  /** How many events there are for one whose revalidation is awaited, which takes long. */
  private static final int CONFIRMED = 25;

  private static final int PATIENCE_SECONDS = 120;

  private final int peers;
  private final Peers load;

  /**
   * A measurement.
   *
   * @param peers how many pods are elsewhere; about as many flows are on the switch
   */
  SwitchEvents(int peers) {
    this.peers = peers;
    this.load = new Peers(peers);
  }

  /** Makes the switch, measures and prints; removes everything. */
  void run() throws IOException, InterruptedException {
    try (Lab lab = Lab.create()) {
      Node node = lab.node("n1", List.of("192.0.2.1"));
      List<PodSpec> pods = new ArrayList<>();
      for (int i = 0; i < Peers.LOCAL; i++) {
        pods.add(PodSpec.of(Peers.NAMESPACE, "here-" + i, "10.0.0." + (i + 1)));
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
        PolicyEngine engine = load.engine();
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

  private void events(OvsDatapath datapath) throws InterruptedException {
    long[] acknowledged = new long[EVENTS];
    long[] inForce = new long[EVENTS / CONFIRMED];
    for (int i = 0; i < EVENTS; i++) {
      long begin = System.nanoTime();
      Update update = load.event(i);
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

  private static void await(CompletionStage<?> stage) throws InterruptedException {
    try {
      stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the datapath failed", e);
    }
  }
}
