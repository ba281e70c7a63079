package io.sluice.benchmarks;

import io.sluice.api.datapath.Update;
import io.sluice.datapath.nftables.NftDatapath;
import io.sluice.engine.core.PolicyEngine;
import io.sluice.lab.Lab;
import io.sluice.lab.PodSpec;
import io.sluice.lab.RoutedNode;
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
 * One event on real nftables: a pod elsewhere goes or comes, which takes its address out of the set
 * that the rules of this node's pods admit, or puts it in. Timed from the event entering the engine
 * to the end of the transaction, when it is in force. Then many policies at once, and one more.
 */
final class RouterEvents {
  private static final int EVENTS = 1_000;
  private static final int POLICIES = 10_000;
  private static final int FURTHER = 200;
  private static final int PATIENCE_SECONDS = 120;

  private final int peers;
  private final String via;
  private final Peers load;

  /**
   * A measurement.
   *
   * @param peers how many pods are elsewhere
   * @param via how transactions are run, {@code library} or {@code program}
   */
  RouterEvents(int peers, String via) {
    this.peers = peers;
    this.via = via;
    this.load = new Peers(peers);
  }

  /** Makes the node, measures and prints; removes everything. */
  void run() throws IOException, InterruptedException {
    try (Lab lab = Lab.create()) {
      RoutedNode node = lab.routedNode("n1", List.of("192.0.2.1"));
      List<PodSpec> pods = new ArrayList<>();
      for (int i = 0; i < Peers.LOCAL; i++) {
        pods.add(PodSpec.of(Peers.NAMESPACE, "here-" + i, "10.0.0." + (i + 1)));
      }
      node.addPods(pods);
      try (NftDatapath datapath =
          new NftDatapath(Map.of("via", via), node.namespace().threads("sluice-nftables"))) {
        PolicyEngine engine = load.engine();
        long begin = System.nanoTime();
        await(datapath.snapshot(engine.snapshot()));
        print("from empty in %.3f s", (System.nanoTime() - begin) / 1e9);
        replace(datapath);
        events(datapath);
        policies(datapath);
      }
    }
  }

  private void replace(NftDatapath datapath) throws InterruptedException {
    long begin = System.nanoTime();
    await(datapath.snapshot(load.engine().snapshot()));
    long took = System.nanoTime() - begin;
    Map<String, Long> sizes = datapath.status().counters();
    print(
        "all of it replaced in %.3f s: %d chains, %d elements",
        took / 1e9, sizes.getOrDefault("chains", 0L), sizes.getOrDefault("elements", 0L));
  }

  private void events(NftDatapath datapath) throws InterruptedException {
    long[] nanos = new long[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      long begin = System.nanoTime();
      await(datapath.apply(load.event(i)));
      nanos[i] = System.nanoTime() - begin;
    }
    print("a pod goes or comes, to in force", nanos);
  }

  private void policies(NftDatapath datapath) throws InterruptedException {
    for (int i = 0; i < POLICIES; i++) {
      load.policy(i);
    }
    Update many = load.engine().commit().orElseThrow();
    long begin = System.nanoTime();
    await(datapath.apply(many));
    print("%d policies at once in %.3f s", POLICIES, (System.nanoTime() - begin) / 1e9);
    replace(datapath);
    long[] nanos = new long[FURTHER];
    for (int i = 0; i < FURTHER; i++) {
      load.policy(POLICIES + i);
      Update one = load.engine().commit().orElseThrow();
      begin = System.nanoTime();
      await(datapath.apply(one));
      nanos[i] = System.nanoTime() - begin;
    }
    print("one policy more", nanos);
  }

  private void print(String what, long[] nanos) {
    Arrays.sort(nanos);
    print(
        "%s: p50 %.2f ms, p99 %.2f ms, max %.2f ms",
        what,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        nanos[nanos.length - 1] / 1e6);
  }

  private void print(String format, Object... values) {
    System.out.println(
        "N1 " + peers + " peers, " + via + ": " + String.format(Locale.ROOT, format, values));
  }

  static void await(CompletionStage<?> stage) throws InterruptedException {
    try {
      stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the datapath failed", e);
    }
  }
}
