package io.sluice.drill;

import io.sluice.lab.ConnectionLoad;
import io.sluice.lab.Outcome;
import io.sluice.lab.Pod;
import io.sluice.lab.Probe;
import io.sluice.lab.Traffic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** New connections and datagrams all the time, from each pod to each of its targets in turn. */
final class Load {
  /**
   * What became of one.
   *
   * @param flow what was tried
   * @param begun when, on the clock of {@link System#nanoTime}
   * @param ended when the outcome was known
   * @param outcome what became of it
   */
  record Attempt(Flow flow, long begun, long ended, Outcome outcome) {}

  private record Part(Pod from, ConnectionLoad load, Map<Probe, Flow> flows) {
    List<Attempt> soFar() {
      return translate(load.ended());
    }

    List<Attempt> stop() {
      try {
        return translate(load.stop());
      } catch (IOException e) {
        throw new DrillException("the load of " + from.path() + " has failed", e);
      }
    }

    private List<Attempt> translate(List<ConnectionLoad.Attempt> attempts) {
      List<Attempt> translated = new ArrayList<>();
      for (ConnectionLoad.Attempt attempt : attempts) {
        Flow flow = flows.get(attempt.target());
        if (flow != null) {
          translated.add(new Attempt(flow, attempt.begun(), attempt.ended(), attempt.outcome()));
        }
      }
      return translated;
    }
  }

  private final Traffic traffic;
  private final List<Part> running = new ArrayList<>();
  private final List<Attempt> over = new ArrayList<>();

  Load(Traffic traffic) {
    this.traffic = traffic;
  }

  /** A pod begins; all flows are from it. */
  synchronized void begin(Pod from, List<Flow> flows, int perSecond) throws IOException {
    Map<Probe, Flow> probes = new HashMap<>();
    flows.forEach(flow -> probes.put(flow.probe(), flow));
    List<Probe> targets = flows.stream().map(Flow::probe).toList();
    running.add(new Part(from, traffic.load(from, targets, perSecond), probes));
  }

  /** Pods end, because they are about to go; waits for their connections under way. */
  synchronized void end(List<Pod> pods) {
    end(part -> pods.contains(part.from()));
  }

  /** Ends all. */
  synchronized void end() {
    end(part -> true);
  }

  private void end(Predicate<Part> which) {
    List<Part> ending = running.stream().filter(which).toList();
    running.removeAll(ending);
    List<CompletableFuture<List<Attempt>>> stopping =
        ending.stream()
            .map(part -> CompletableFuture.supplyAsync(part::stop, Thread.ofVirtual()::start))
            .toList();
    stopping.forEach(part -> over.addAll(part.join()));
  }

  /** All whose outcome is known. */
  synchronized List<Attempt> attempts() {
    List<Attempt> all = new ArrayList<>(over);
    running.forEach(part -> all.addAll(part.soFar()));
    return all;
  }
}
