package io.sluice.datapath.ovs;

import io.sluice.api.resource.Problem;
import io.sluice.datapath.ovs.openflow.Action;
import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.FlowFilter;
import io.sluice.datapath.ovs.openflow.FlowKey;
import io.sluice.datapath.ovs.openflow.FlowMod;
import io.sluice.datapath.ovs.openflow.OpenFlowConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What a switch holds: our flows, and what of the others' concerns us. */
final class Survey {
  private final Collection<Layout> layouts;
  private final Map<FlowKey, Flow> ours = new HashMap<>();
  private final List<Flow> neighbours = new ArrayList<>();
  private final Map<FlowKey, Set<Integer>> leading = new HashMap<>();
  private final Set<Integer> learning = new HashSet<>();
  private final Set<Integer> resumes = new HashSet<>();
  private final Set<Integer> tracking = new HashSet<>();
  private final Set<Integer> zones = new HashSet<>();

  private Survey(Collection<Layout> layouts) {
    this.layouts = layouts;
  }

  /**
   * Reads all flows.
   *
   * @param layouts where our flows are or may be to go
   */
  static CompletionStage<Survey> of(OpenFlowConnection connection, Collection<Layout> layouts) {
    Survey survey = new Survey(List.copyOf(layouts));
    return connection
        .dumpFlows(FlowFilter.all(), stats -> survey.add(stats.flow()))
        .thenApply(count -> survey);
  }

  private void add(Flow flow) {
    if (Cookie.isOurs(flow.cookie())) {
      ours.put(flow.key(), flow);
      flow.actions().forEach(this::tracks);
    } else if (flow.cookie() == Cookie.LEARNED) {
      learning.add(flow.table());
    } else {
      Set<Integer> targets = targets(flow);
      if (layouts.stream().anyMatch(layout -> targets.contains(layout.first()))) {
        leading.put(flow.key(), targets);
      }
      if (layouts.stream().anyMatch(layout -> layout.contains(flow.table()))) {
        neighbours.add(flow);
      }
    }
  }

  private void tracks(Action action) {
    if (action instanceof Action.Ct ct) {
      zones.add(ct.zone());
      ct.table()
          .ifPresent(
              table -> {
                resumes.add(table);
                tracking.add(ct.zone());
              });
    }
  }

  /** Which tables a flow leads packets to. */
  static Set<Integer> targets(Flow flow) {
    Set<Integer> targets = new HashSet<>();
    for (Action action : flow.actions()) {
      switch (action) {
        case Action.GotoTable next -> targets.add(next.table());
        case Action.Resubmit next -> targets.add(next.table());
        case Action.Ct ct -> ct.table().ifPresent(targets::add);
        default -> {}
      }
    }
    return targets;
  }

  /** The flows of others that lead packets to us. */
  Set<FlowKey> entrances() {
    return Set.copyOf(leading.keySet());
  }

  /** Whether anything of ours is in these tables. */
  boolean holds(Layout layout) {
    return ours.keySet().stream().anyMatch(key -> layout.contains(key.table()));
  }

  /** The tables that packets of ours come back to from connection tracking. */
  Set<Integer> resumes() {
    return resumes;
  }

  /** The zones in which our flows look connections up. */
  Set<Integer> tracking() {
    return tracking;
  }

  /** All zones that our flows name. */
  Set<Integer> zones() {
    return zones;
  }

  /** The flows of others in tables of this layout. */
  List<Flow> intruders(Layout layout) {
    return neighbours.stream().filter(flow -> layout.contains(flow.table())).toList();
  }

  /** Whether a flow of another, outside of the layout, leads into it. */
  boolean entered(Layout layout) {
    return leading.entrySet().stream()
        .anyMatch(
            flow ->
                flow.getValue().contains(layout.first())
                    && !layout.contains(flow.getKey().table()));
  }

  /** Whether packets come into the layout at all. */
  boolean judges(Layout layout) {
    return layout.first() == 0 || entered(layout);
  }

  /** What is wrong with these tables, for these settings. */
  Optional<Problem> refusal(Settings settings) {
    Layout layout = settings.options().layout();
    String bridge = settings.home().bridge();
    List<Flow> intruders = intruders(layout);
    if (!settings.home().managed() && !intruders.isEmpty()) {
      return Optional.of(
          problem(
              bridge,
              "tables %d to %d are used by others: %s"
                  .formatted(
                      layout.first(), layout.first() + Layout.TABLES - 1, intruders.getFirst()),
              "choose a firstTable with %d free tables, or remove these flows, or set manageBridge=true if the bridge is Sluice's alone"
                  .formatted(Layout.TABLES)));
    }
    if (!judges(layout)) {
      return Optional.of(
          problem(
              bridge,
              "no flow leads to table " + layout.first() + ", so that no packet would be judged",
              "ovs-ofctl add-flow %s 'table=0,priority=0,actions=goto_table:%d'"
                  .formatted(bridge, layout.first())));
    }
    return Optional.empty();
  }

  private static Problem problem(String bridge, String message, String remedy) {
    return new Problem("ovs", "Bridge/" + bridge, "firstTable", message, remedy);
  }

  /** What turns what is there into what is wanted; of a bridge of ours, also what others left. */
  List<FlowMod> difference(FlowBook wanted, Settings settings) {
    Layout layout = settings.options().layout();
    List<FlowMod> mods = new ArrayList<>();
    if (settings.home().managed()) {
      intruders(layout).forEach(flow -> mods.add(FlowMod.deleteAnyOwner(flow.key())));
    }
    learning.stream()
        .filter(table -> table != layout.replies())
        .map(table -> new FlowFilter(table, Cookie.LEARNED, Cookie.MASK))
        .forEach(filter -> mods.add(FlowMod.deleteAll(filter)));
    mods.addAll(Difference.between(new HashMap<>(ours), wanted));
    return mods;
  }
}
