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

  private record Running(ConnectionLoad load, Map<Probe, Flow> flows) {
    List<Attempt> translate(List<ConnectionLoad.Attempt> attempts) {
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
  private final Map<Pod, Running> running = new HashMap<>();
  private final List<Attempt> over = new ArrayList<>();

  Load(Traffic traffic) {
    this.traffic = traffic;
  }

  /** A pod begins; all flows are from it. */
  synchronized void begin(Pod from, List<Flow> flows, int perSecond) throws IOException {
    Map<Probe, Flow> probes = new HashMap<>();
    flows.forEach(flow -> probes.put(flow.probe(), flow));
    ConnectionLoad load = traffic.load(from, flows.stream().map(Flow::probe).toList(), perSecond);
    running.put(from, new Running(load, probes));
  }

  /** A pod ends, because it is about to go; waits for its connections under way. */
  synchronized void end(Pod from) throws IOException {
    Running ended = running.remove(from);
    if (ended != null) {
      over.addAll(ended.translate(ended.load().stop()));
    }
  }

  /** Ends all, all at the same time. */
  synchronized void end() {
    over.addAll(running.values().parallelStream().flatMap(one -> stopped(one).stream()).toList());
    running.clear();
  }

  private static List<Attempt> stopped(Running one) {
    try {
      return one.translate(one.load().stop());
    } catch (IOException e) {
      throw new DrillException("the load of a pod has failed", e);
    }
  }

  /** All whose outcome is known. */
  synchronized List<Attempt> attempts() {
    List<Attempt> all = new ArrayList<>(over);
    running.values().forEach(one -> all.addAll(one.translate(one.load().ended())));
    return all;
  }
}
