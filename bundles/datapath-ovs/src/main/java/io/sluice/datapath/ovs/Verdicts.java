package io.sluice.datapath.ovs;

import io.sluice.api.policy.Tier;
import io.sluice.datapath.ovs.openflow.Action;
import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.Match;
import io.sluice.datapath.ovs.openflow.PortNumber;
import java.util.List;
import java.util.Optional;

/**
 * What the flows of rules do.
 *
 * @param layout where the tables are
 * @param sampling whether denied packets are sampled; the meter bounds how many
 */
record Verdicts(Layout layout, boolean sampling) {
  /** The meter through which every sample passes. */
  static final int METER = 0x51ce;

  /** Enough for the headers of a sample: Ethernet, IPv6, ports. */
  private static final int SAMPLE_BYTES = 128;

  /**
   * Drops the packet, and hands a sample to the denial log: by way of a table of its own, since a
   * switch whose meter is deleted deletes every flow that names it. A flow that denies must not go
   * that way.
   *
   * @param cookie the flow's cookie, which the sample tells
   */
  List<Action> deny(long cookie) {
    return sampling
        ? List.of(
            Action.SetField.reg(Layout.DENIED_TAG, Cookie.tag(cookie)),
            Action.SetField.reg(Layout.DENIED_KIND, Cookie.number(cookie)),
            new Action.Resubmit(layout.denied()))
        : List.of();
  }

  /** The flow that samples; not a miss (priority 0), which the switch would hand over as such. */
  Optional<Flow> sample() {
    return sampling
        ? Optional.of(
            Flow.of(
                layout.denied(),
                1,
                Cookie.Kind.SAMPLE.cookie(),
                Match.any(),
                new Action.Meter(METER),
                new Action.Output(PortNumber.CONTROLLER, SAMPLE_BYTES)))
        : Optional.empty();
  }

  /** What a rule does. */
  List<Action> actions(CompiledRule rule) {
    return switch (rule.rule().action()) {
      case ALLOW -> List.of(new Action.GotoTable(layout.next(rule.rule().direction())));
      case PASS -> List.of(new Action.GotoTable(after(rule)));
      case DENY, ISOLATE -> deny(cookie(rule));
    };
  }

  private int after(CompiledRule rule) {
    return switch (rule.rule().tier()) {
      case SYSTEM -> layout.tier(rule.rule().direction(), Tier.ADMIN);
      case ADMIN -> layout.tier(rule.rule().direction(), Tier.NAMESPACED);
      case NAMESPACED -> layout.isolation(rule.rule().direction());
      case BASELINE -> layout.next(rule.rule().direction());
    };
  }

  /** The cookie that names the rule. */
  long cookie(CompiledRule rule) {
    return switch (rule.rule().action()) {
      case ISOLATE -> Cookie.Kind.ISOLATION.cookie(rule.tag());
      case DENY -> Cookie.Kind.DENIAL.cookie(rule.tag());
      case ALLOW, PASS -> Cookie.Kind.RULE.cookie(rule.tag());
    };
  }
}
