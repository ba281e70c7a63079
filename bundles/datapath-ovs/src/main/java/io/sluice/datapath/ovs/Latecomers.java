package io.sluice.datapath.ovs;

import io.sluice.datapath.ovs.openflow.Action;
import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.Match;
import io.sluice.datapath.ovs.openflow.MatchBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The flows that make a move of the tables whole for packets that are between two tables.
 *
 * <p>All flows move in one bundle, but a packet that connection tracking has taken comes back to
 * the table that was named when it was handed over, which may be another stage of the pipeline now,
 * or nobody's; and until the switch has revalidated its cache, new packets go the same way. Such a
 * packet is sent through the new pipeline from its beginning. It is known by the register that says
 * where it entered ({@link Layout#ENTERED}).
 */
final class Latecomers {
  private static final int HIGHEST = 0xffff;

  private Latecomers() {}

  /**
   * Leads packets of older layouts to where they are judged now.
   *
   * @param resumes the tables that packets were to come back to
   * @param now the layout in force
   */
  static List<Flow> lead(Collection<Integer> resumes, Layout now) {
    List<Flow> flows = new ArrayList<>();
    for (int table : resumes) {
      // The first table takes every packet as a new one anyhow.
      if (table != now.state() && table != now.first()) {
        MatchBuilder match = Match.builder();
        if (now.contains(table)) {
          match.reg(Layout.ENTERED, Layout.markOfState(table));
        }
        flows.add(toFirst(table, match.build(), now));
      }
    }
    return flows;
  }

  /**
   * Makes the table that packets shall enter by later one that they may enter by already: whoever
   * leads them there can do so at any moment.
   */
  static Flow landing(Layout later, Layout now) {
    MatchBuilder match = Match.builder();
    if (now.contains(later.first())) {
      match.reg(Layout.ENTERED, 0);
    }
    return toFirst(later.first(), match.build(), now);
  }

  private static Flow toFirst(int table, Match match, Layout now) {
    return Flow.of(
        table, HIGHEST, Cookie.Kind.LATECOMER.cookie(), match, new Action.Resubmit(now.first()));
  }
}
