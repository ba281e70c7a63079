package io.sluice.datapath.ovs;

import io.sluice.datapath.ovs.openflow.FlowFilter;
import io.sluice.datapath.ovs.openflow.FlowMod;
import io.sluice.datapath.ovs.openflow.OpenFlowConnection;
import io.sluice.datapath.ovs.ovsdb.SwitchConfig;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Takes everything of ours from a bridge, and nothing else: flows (and those that the switch has
 * learned from them), the meter, the connections of our zones, and what was changed in the bridge's
 * row. Waits for contact, but not for ever.
 */
final class Release {
  private final BridgeRow row;
  private final Executor executor;
  private final Supplier<CompletionStage<Void>> revalidated;
  private final int zone;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private boolean begun;

  /**
   * A release.
   *
   * @param revalidated completes when no decision of older flows is left in the switch
   * @param zone the zone by the configuration; others are found in the flows
   */
  Release(BridgeRow row, Executor executor, Supplier<CompletionStage<Void>> revalidated, int zone) {
    this.row = row;
    this.executor = executor;
    this.revalidated = revalidated;
    this.zone = zone;
  }

  CompletionStage<Void> done() {
    return done;
  }

  boolean isDone() {
    return done.isDone();
  }

  /** There was no contact in time. */
  void expire(String bridge, String why) {
    if (!begun) {
      done.completeExceptionally(
          new IOException(
              "release of bridge %s: %s; what was programmed is still there: start Open vSwitch, or correct socketDirectory, and release again"
                  .formatted(bridge, why)));
    }
  }

  /** The database has no such bridge: nothing of ours can be there. */
  void noBridge() {
    if (!begun) {
      done.complete(null);
    }
  }

  /** There is contact; only the first one counts. */
  void begin(SwitchConfig.Bridge bridge, OpenFlowConnection connection) {
    if (begun || done.isDone()) {
      return;
    }
    begun = true;
    Survey.of(connection, List.of())
        .thenCompose(survey -> remove(connection, survey))
        .thenComposeAsync(removed -> row.giveBack(bridge, connection), executor)
        .whenComplete(
            (nothing, failure) -> {
              if (failure == null) {
                done.complete(null);
              } else {
                done.completeExceptionally(SwitchLink.cause(failure));
              }
            });
  }

  private CompletionStage<Void> remove(OpenFlowConnection connection, Survey survey) {
    Set<Integer> zones = new TreeSet<>(survey.zones());
    zones.add(zone);
    CompletionStage<Void> last =
        connection
            .bundle(
                List.of(
                    FlowMod.deleteAll(Cookie.filter()),
                    FlowMod.deleteAll(FlowFilter.cookie(Cookie.LEARNED, Cookie.MASK))))
            .thenCompose(done -> SampleMeter.remove(connection))
            // Until then packets still go the old way, and connections come to the zone.
            .thenCompose(done -> revalidated.get());
    for (int each : zones) {
      last = last.thenCompose(done -> connection.flushZone(each));
    }
    return last;
  }
}
