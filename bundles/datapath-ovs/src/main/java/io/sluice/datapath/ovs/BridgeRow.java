package io.sluice.datapath.ovs;

import io.sluice.api.resource.Problem;
import io.sluice.datapath.ovs.openflow.Action;
import io.sluice.datapath.ovs.openflow.BundleFailedException;
import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.FlowFilter;
import io.sluice.datapath.ovs.openflow.FlowKey;
import io.sluice.datapath.ovs.openflow.FlowMod;
import io.sluice.datapath.ovs.openflow.Match;
import io.sluice.datapath.ovs.openflow.OpenFlowConnection;
import io.sluice.datapath.ovs.openflow.PortNumber;
import io.sluice.datapath.ovs.ovsdb.BridgeEdit;
import io.sluice.datapath.ovs.ovsdb.SwitchConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * The bridge's row in the database: what of it is made ours while the bridge is in use, and given
 * back on release. What it was before stands in the row itself, so that it survives us.
 *
 * <p>Open vSwitch flushes all flows of a bridge without controllers when its {@code fail_mode}
 * changes; those of others are put back (not those with a timeout).
 */
final class BridgeRow {
  /** {@code external_ids}: the bridge is in use by Sluice. */
  static final String IN_USE = "sluice";

  /** {@code external_ids}: the {@code fail_mode} that we replaced. */
  static final String FAIL_MODE = "sluice-fail-mode";

  /** {@code external_ids}: the bridge from which a move to this one is under way. */
  static final String REPLACES = "sluice-replaces";

  private static final System.Logger LOG = System.getLogger(BridgeRow.class.getName());
  private static final String NONE = "none";
  private static final String SECURE = "secure";

  private record Awaited(long number, CompletableFuture<Void> done) {}

  private final SwitchLink link;
  private final Executor executor;
  private final List<Awaited> awaited = new ArrayList<>();
  private long applied;
  private boolean changing;

  BridgeRow(SwitchLink link, Executor executor) {
    this.link = link;
    this.executor = executor;
  }

  /** The switch has taken the changes up to this number. */
  void applied(long number) {
    applied = number;
    List<Awaited> done = awaited.stream().filter(each -> each.number <= applied).toList();
    awaited.removeAll(done);
    done.forEach(each -> each.done.complete(null));
  }

  /** Whether a change is under way. */
  boolean changing() {
    return changing;
  }

  static boolean isSecure(SwitchConfig.Bridge bridge) {
    return bridge.failMode().equals(SECURE);
  }

  /** Why a bridge of others can't be used that is not secure. */
  static Problem failOpen(String bridge) {
    return new Problem(
        "ovs",
        "Bridge/" + bridge,
        "fail_mode",
        "is not secure: after a restart of ovs-vswitchd every packet would pass",
        "ovs-vsctl set-fail-mode " + bridge + " secure, or set manageBridge=true");
  }

  /** Whether the row is as it must be for a bridge in use. */
  boolean isReady(SwitchConfig.Bridge bridge, Optional<String> replaces) {
    return !changing
        && isSecure(bridge)
        && bridge.externalIds().containsKey(IN_USE)
        && Optional.ofNullable(bridge.externalIds().get(REPLACES)).equals(replaces);
  }

  /**
   * Makes it so.
   *
   * @param layouts the tables that are, or shall be, ours
   */
  CompletionStage<Void> prepare(
      SwitchConfig.Bridge bridge,
      Optional<String> replaces,
      OpenFlowConnection connection,
      List<Layout> layouts) {
    Map<String, String> put = new HashMap<>();
    put.put(IN_USE, "true");
    replaces.ifPresent(other -> put.put(REPLACES, other));
    boolean secured = isSecure(bridge);
    if (!secured && !bridge.externalIds().containsKey(FAIL_MODE)) {
      put.put(FAIL_MODE, bridge.failMode().isEmpty() ? NONE : bridge.failMode());
    }
    BridgeEdit edit =
        new BridgeEdit(
            bridge.name(),
            secured ? Optional.empty() : Optional.of(SECURE),
            put,
            replaces.isPresent() ? Set.of() : Set.of(REPLACES));
    return change(
        edit,
        connection,
        flow ->
            !Cookie.isOurs(flow.cookie())
                && layouts.stream().noneMatch(layout -> layout.contains(flow.table())));
  }

  /** Gives back what was made ours. */
  CompletionStage<Void> giveBack(SwitchConfig.Bridge bridge, OpenFlowConnection connection) {
    Map<String, String> known = bridge.externalIds();
    Set<String> keys = Set.of(IN_USE, FAIL_MODE, REPLACES);
    if (keys.stream().noneMatch(known::containsKey)) {
      return CompletableFuture.completedStage(null);
    }
    Optional<String> mode =
        Optional.ofNullable(known.get(FAIL_MODE))
            .filter(before -> isSecure(bridge))
            .map(before -> before.equals(NONE) ? "" : before);
    BridgeEdit edit = new BridgeEdit(bridge.name(), mode, Map.of(), keys);
    return change(edit, connection, flow -> !Cookie.isOurs(flow.cookie()));
  }

  private CompletionStage<Void> change(
      BridgeEdit edit, OpenFlowConnection connection, Predicate<Flow> keep) {
    changing = true;
    List<FlowMod> kept = new ArrayList<>();
    CompletionStage<Long> read =
        edit.failMode().isEmpty()
            ? CompletableFuture.completedStage(0L)
            : connection.dumpFlows(
                FlowFilter.all(),
                stats -> {
                  if (!stats.expires() && !isDefault(stats.flow()) && keep.test(stats.flow())) {
                    kept.add(FlowMod.add(stats.flow()));
                  }
                });
    return read.thenComposeAsync(count -> link.edit(edit), executor)
        .thenComposeAsync(
            number ->
                edit.failMode().isPresent()
                    ? await(number)
                    : CompletableFuture.<Void>completedStage(null),
            executor)
        .thenCompose(taken -> putBack(connection, kept))
        .whenCompleteAsync((done, failure) -> changing = false, executor);
  }

  /** What the switch refuses (its group went with the flush) must not keep the others away. */
  private static CompletionStage<Void> putBack(OpenFlowConnection connection, List<FlowMod> kept) {
    return connection
        .bundle(kept)
        .exceptionallyCompose(
            failure -> {
              if (!(SwitchLink.cause(failure) instanceof BundleFailedException refused)
                  || refused.refusals().isEmpty()) {
                return CompletableFuture.failedStage(failure);
              }
              List<FlowMod> rest = new ArrayList<>(kept);
              for (BundleFailedException.Refusal each : refused.refusals()) {
                rest.remove(each.mod());
                LOG.log(
                    System.Logger.Level.ERROR,
                    "a flow of others that went with the change of fail_mode can't be put back: "
                        + each);
              }
              return putBack(connection, rest);
            });
  }

  /** The flow that the switch itself makes where fail_mode is not secure. */
  private static boolean isDefault(Flow flow) {
    return flow.cookie() == 0
        && flow.key().equals(new FlowKey(0, 0, Match.any()))
        && flow.actions().equals(List.of(new Action.Output(PortNumber.NORMAL)));
  }

  private CompletionStage<Void> await(long number) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    awaited.add(new Awaited(number, done));
    applied(applied);
    return done;
  }

  /** The database is gone: what is awaited may never be told. */
  void lost(Throwable cause) {
    List<Awaited> lost = List.copyOf(awaited);
    awaited.clear();
    lost.forEach(each -> each.done.completeExceptionally(cause));
  }
}
