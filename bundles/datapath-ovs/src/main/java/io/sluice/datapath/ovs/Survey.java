package io.sluice.datapath.ovs;

import io.sluice.api.resource.Problem;
import io.sluice.datapath.ovs.openflow.Action;
import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.FlowFilter;
import io.sluice.datapath.ovs.openflow.FlowKey;
import io.sluice.datapath.ovs.openflow.FlowMod;
import io.sluice.datapath.ovs.openflow.OpenFlowConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What a switch holds: our flows, and what of the others' concerns us.
 *
 * @param ours our flows by key
 * @param intruders flows of others in our tables
 * @param entered whether a flow of another leads to our first table
 */
record Survey(Map<FlowKey, Flow> ours, List<Flow> intruders, boolean entered) {
  /** Reads all flows. */
  static CompletionStage<Survey> of(OpenFlowConnection connection, Layout layout) {
    Map<FlowKey, Flow> ours = new HashMap<>();
    List<Flow> intruders = new ArrayList<>();
    boolean[] entered = new boolean[1];
    return connection
        .dumpFlows(
            FlowFilter.all(),
            stats -> {
              Flow flow = stats.flow();
              if (Cookie.isOurs(flow.cookie())) {
                ours.put(flow.key(), flow);
              } else if (layout.contains(flow.table()) && flow.cookie() != Cookie.LEARNED) {
                intruders.add(flow);
              } else if (leadsTo(layout.first(), flow)) {
                entered[0] = true;
              }
            })
        .thenApply(count -> new Survey(ours, intruders, entered[0]));
  }

  private static boolean leadsTo(int table, Flow flow) {
    return flow.actions().stream()
        .anyMatch(
            action ->
                switch (action) {
                  case Action.GotoTable next -> next.table() == table;
                  case Action.Resubmit next -> next.table() == table;
                  case Action.Ct ct -> ct.table().orElse(-1) == table;
                  default -> false;
                });
  }

  /** Why the bridge can't be programmed. */
  Optional<Problem> refusal(Settings.Home home, Layout layout) {
    if (home.managed()) {
      return Optional.empty();
    }
    String bridge = home.bridge();
    if (!intruders.isEmpty()) {
      Flow first = intruders.getFirst();
      return Optional.of(
          new Problem(
              "ovs",
              "Bridge/" + bridge,
              "firstTable",
              "tables %d to %d are used by others: %s"
                  .formatted(layout.first(), layout.first() + Layout.TABLES - 1, first),
              "choose a firstTable with 18 free tables, or remove these flows, or set"
                  + " manageBridge=true if the bridge is Sluice's alone"));
    }
    if (layout.first() != 0 && !entered) {
      return Optional.of(
          new Problem(
              "ovs",
              "Bridge/" + bridge,
              "firstTable",
              "no flow leads to table " + layout.first() + ", so that no packet would be judged",
              "ovs-ofctl add-flow %s 'table=0,priority=0,actions=goto_table:%d'"
                  .formatted(bridge, layout.first())));
    }
    return Optional.empty();
  }

  /** What turns what is there into what is wanted; of a bridge of ours, also what others left. */
  List<FlowMod> difference(FlowBook wanted, Settings.Home home) {
    List<FlowMod> mods = new ArrayList<>();
    if (home.managed()) {
      intruders.forEach(flow -> mods.add(FlowMod.deleteAnyOwner(flow.key())));
    }
    mods.addAll(Difference.between(new HashMap<>(ours), wanted));
    return mods;
  }
}
