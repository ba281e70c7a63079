package io.sluice.datapath.ovs;

import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.FlowKey;
import io.sluice.datapath.ovs.openflow.FlowMod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From the flows that a switch holds to those that it should. */
final class Difference {
  private Difference() {}

  /**
   * What makes one state of one key the other; nothing if they are equal. A change of actions keeps
   * the flow's counters.
   */
  static Optional<FlowMod> of(Optional<Flow> before, Optional<Flow> after) {
    if (before.equals(after)) {
      return Optional.empty();
    }
    if (after.isEmpty()) {
      return before.map(FlowMod::delete);
    }
    Flow flow = after.get();
    boolean sameCookie = before.map(Flow::cookie).filter(c -> c == flow.cookie()).isPresent();
    return Optional.of(sameCookie ? FlowMod.modify(flow) : FlowMod.add(flow));
  }

  /**
   * What turns the flows found into the flows wanted: one bundle, so that no packet ever meets two
   * generations. Their conjunctions would mix and let pass what neither allows.
   *
   * @param found the flows of ours that a switch holds; emptied
   */
  static List<FlowMod> between(Map<FlowKey, Flow> found, FlowBook wanted) {
    List<FlowMod> mods = new ArrayList<>();
    wanted.forEach(
        flow ->
            of(Optional.ofNullable(found.remove(flow.key())), Optional.of(flow))
                .ifPresent(mods::add));
    found.values().forEach(flow -> mods.add(FlowMod.delete(flow)));
    return mods;
  }
}
