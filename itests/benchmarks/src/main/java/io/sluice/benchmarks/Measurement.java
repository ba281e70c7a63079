package io.sluice.benchmarks;

import io.sluice.api.control.Finding;
import io.sluice.api.control.Service;
import io.sluice.api.control.Verdict;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Update;
import io.sluice.api.resource.Endpoint;
import io.sluice.engine.core.Lint;
import io.sluice.engine.core.LintFacts;
import io.sluice.engine.core.Locality;
import io.sluice.engine.core.PacketEnd;
import io.sluice.engine.core.PolicyEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One measurement: a shape, seen by one node or by somebody who asks about all of it. */
final class Measurement {
  private static final int WARM_RUNS = 4;
  private static final int EVENTS = 2_000;
  private static final Service SERVICE = new Service(6, 80);

  private final Shape shape;
  private final Locality locality;

  Measurement(Shape shape, Locality locality) {
    this.shape = shape;
    this.locality = locality;
  }

  /** Measures and prints. */
  void run() {
    try (HeapWatch heap = new HeapWatch()) {
      Inputs inputs = shape.inputs();
      long inputsMiB = heap.liveMiB();
      PolicyEngine engine = compile("cold", inputs, false);
      long peakMiB = heap.peakMiB();
      long liveMiB = heap.liveMiB();
      print(
          "heap: inputs %d MiB, peak %d MiB, live %d MiB; %s",
          inputsMiB, peakMiB, liveMiB, sizes(engine));
      if (shape == Shape.PAIRS) {
        pairs("cold", inputs, engine);
        pairs("warm", inputs, engine);
      } else {
        for (int i = 1; i < WARM_RUNS; i++) {
          engine = compile("warm", inputs, i % 2 == 0);
        }
        events(inputs, engine);
        lint(engine);
        print("heap: peak %d MiB with lint", heap.peakMiB());
      }
    }
  }

  private PolicyEngine compile(String how, Inputs inputs, boolean policiesFirst) {
    long begin = System.nanoTime();
    PolicyEngine engine = new PolicyEngine(locality);
    inputs.load(engine, policiesFirst);
    long loaded = System.nanoTime();
    Update update = engine.commit().orElseThrow();
    long committed = System.nanoTime();
    Snapshot snapshot = engine.snapshot();
    long end = System.nanoTime();
    print(
        "%s: compiled in %.3f s (inputs %.3f%s, commit %.3f); snapshot %.3f s; %d rules",
        how,
        seconds(committed - begin),
        seconds(loaded - begin),
        policiesFirst ? ", policies first" : "",
        seconds(committed - loaded),
        seconds(end - committed),
        Math.max(update.rulesAdded().size(), snapshot.rules().size()));
    return engine;
  }

  /** One look of lint in turns as the agent takes them, and what is left for another thread. */
  private void lint(PolicyEngine engine) {
    long begin = System.nanoTime();
    Lint lint = engine.lint();
    long longest = System.nanoTime() - begin;
    long steps = 0;
    long stepped = 0;
    boolean more = true;
    while (more) {
      long from = System.nanoTime();
      more = lint.step();
      long took = System.nanoTime() - from;
      longest = Math.max(longest, took);
      stepped += took;
      steps++;
    }
    LintFacts facts = lint.facts();
    long turned = System.nanoTime();
    List<Finding> findings = facts.conclude();
    print(
        "lint: %d findings; on the loop %.3f s in %d steps, the longest %.2f ms; beside it %.3f s",
        findings.size(),
        seconds(stepped),
        steps,
        longest / 1e6,
        seconds(System.nanoTime() - turned));
  }

  /** Single events, each committed: a pod goes, and comes back. */
  private void events(Inputs inputs, PolicyEngine engine) {
    long[] nanos = new long[EVENTS];
    int step = Math.max(1, inputs.pods().size() / (EVENTS / 2));
    for (int i = 0; i < EVENTS; i++) {
      Endpoint pod = inputs.pods().get(i / 2 * step % inputs.pods().size());
      long begin = System.nanoTime();
      if (i % 2 == 0) {
        engine.remove(pod.key());
      } else {
        engine.upsert(pod);
      }
      engine.commit();
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    print(
        "event: a pod goes or comes, p50 %d us, p99 %d us, max %d us",
        nanos[EVENTS / 2] / 1000, nanos[EVENTS * 99 / 100] / 1000, nanos[EVENTS - 1] / 1000);
  }

  private void pairs(String how, Inputs inputs, PolicyEngine engine) {
    long begin = System.nanoTime();
    List<PacketEnd> ends = new ArrayList<>();
    for (Endpoint pod : inputs.pods()) {
      ends.add(engine.end(pod.namespace(), pod.name(), pod.addresses().getFirst()));
    }
    int allowed = 0;
    int letters = 0;
    for (PacketEnd from : ends) {
      for (PacketEnd to : ends) {
        if (from != to) {
          var egress = engine.egress(from, to, SERVICE);
          var ingress = engine.ingress(from, to, SERVICE);
          letters += egress.by().length() + ingress.by().length();
          if (egress.verdict() == Verdict.ALLOW && ingress.verdict() == Verdict.ALLOW) {
            allowed++;
          }
        }
      }
    }
    long took = System.nanoTime() - begin;
    int pairs = ends.size() * (ends.size() - 1);
    print(
        "%s: %d pairs in %.3f s, %.2f us a pair; %d allowed, %d letters of reasons",
        how, pairs, seconds(took), took / 1000.0 / pairs, allowed, letters);
  }

  private static String sizes(PolicyEngine engine) {
    Map<String, Long> sizes = engine.sizes();
    return String.format(
        Locale.ROOT,
        "%d endpoints, %d local, %d groups, %d policies, %d rules and %d sets exported",
        sizes.get("endpoints"),
        sizes.get("localEndpoints"),
        sizes.get("groups"),
        sizes.get("policies"),
        sizes.get("rules"),
        sizes.get("sets"));
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  private void print(String format, Object... values) {
    String where = locality instanceof Locality.OneNode ? "node" : "everything";
    System.out.println(shape + " " + where + " " + String.format(Locale.ROOT, format, values));
  }
}
