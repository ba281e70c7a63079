package io.sluice.datapath.ovs;

import io.sluice.api.datapath.RuleCounter;
import io.sluice.datapath.ovs.openflow.FlowStats;
import io.sluice.datapath.ovs.openflow.OpenFlowConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * What the flows that speak for rules have matched. Of several rules that want one flow (two
 * policies that isolate one pod) the first gets the count.
 */
final class Counters {
  private record Sum(long packets, long bytes) {
    Sum plus(Sum other) {
      return new Sum(packets + other.packets, bytes + other.bytes);
    }
  }

  private final Map<Integer, Sum> byTag = new HashMap<>();
  private long denied;

  private Counters() {}

  /** Reads them. */
  static CompletionStage<Counters> read(OpenFlowConnection connection) {
    Counters counters = new Counters();
    return connection
        .dumpFlows(Cookie.allowing(), counters::add)
        .thenCompose(count -> connection.dumpFlows(Cookie.denying(), counters::deny))
        .thenApply(count -> counters);
  }

  private void deny(FlowStats stats) {
    denied += stats.packets();
    add(stats);
  }

  private void add(FlowStats stats) {
    int tag = Cookie.tag(stats.flow().cookie());
    if (stats.packets() > 0 && tag != 0) {
      byTag.merge(tag, new Sum(stats.packets(), stats.bytes()), Sum::plus);
    }
  }

  /** How many packets were dropped, by whatever flow of those that are there now. */
  long denied() {
    return denied;
  }

  /** By the rules' ids, ascending. */
  List<RuleCounter> byRule(Tags tags) {
    List<RuleCounter> counters = new ArrayList<>();
    byTag.forEach(
        (tag, sum) ->
            tags.rule(tag)
                .ifPresent(
                    rule -> counters.add(new RuleCounter(rule.id(), sum.packets, sum.bytes))));
    counters.sort(Comparator.comparingLong(RuleCounter::rule));
    return counters;
  }
}
