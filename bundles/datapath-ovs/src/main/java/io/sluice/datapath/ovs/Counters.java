package io.sluice.datapath.ovs;

import io.sluice.api.datapath.RuleCounter;
import io.sluice.datapath.ovs.openflow.FlowFilter;
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
  private static final List<Cookie.Kind> KINDS =
      List.of(Cookie.Kind.RULE, Cookie.Kind.ISOLATION, Cookie.Kind.UNKNOWN);
  private static final long KIND_MASK = 0xffff_ff00_0000_0000L;

  private record Sum(long packets, long bytes) {
    Sum plus(Sum other) {
      return new Sum(packets + other.packets, bytes + other.bytes);
    }
  }

  private final Map<Integer, Sum> byTag = new HashMap<>();

  private Counters() {}

  /** Reads them. */
  static CompletionStage<Counters> read(OpenFlowConnection connection) {
    Counters counters = new Counters();
    CompletionStage<Counters> read =
        java.util.concurrent.CompletableFuture.completedStage(counters);
    for (Cookie.Kind kind : KINDS) {
      read =
          read.thenCompose(
              so ->
                  connection
                      .dumpFlows(
                          FlowFilter.cookie(kind.cookie(), KIND_MASK),
                          stats ->
                              counters.add(stats.flow().cookie(), stats.packets(), stats.bytes()))
                      .thenApply(count -> so));
    }
    return read;
  }

  private void add(long cookie, long packets, long bytes) {
    if (packets > 0) {
      byTag.merge(Cookie.tag(cookie), new Sum(packets, bytes), Sum::plus);
    }
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
