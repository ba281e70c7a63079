package io.sluice.engine.core;

import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The compiled rules that are about an endpoint, in the order in which they are asked. */
final class SubjectRules {
  /** Those of one direction. */
  static final class Side {
    private final List<CompiledRule> admin;
    private final List<CompiledRule> allows;
    private final Isolation isolation;
    private final List<CompiledRule> baseline;

    private Side(Direction direction, List<CompiledPolicy> byName, TierOrder order) {
      this.admin = rules(Tier.ADMIN, direction, byName, order);
      this.allows = rules(Tier.NAMESPACED, direction, byName, order);
      this.baseline = rules(Tier.BASELINE, direction, byName, order);
      this.isolation =
          new Isolation(
              byName.stream()
                  .filter(policy -> policy.source.isolates().contains(direction))
                  .toList());
    }

    /** Rules of the admin tier, those that come first first. */
    List<CompiledRule> admin() {
      return admin;
    }

    /** Rules of the namespaced tier, by the policy's name, then in the order of its text. */
    List<CompiledRule> allows() {
      return allows;
    }

    /** What isolates the endpoint. */
    Isolation isolation() {
      return isolation;
    }

    /** Rules of the baseline tier, those that come first first. */
    List<CompiledRule> baseline() {
      return baseline;
    }

    private static List<CompiledRule> rules(
        Tier tier, Direction direction, List<CompiledPolicy> byName, TierOrder order) {
      List<CompiledRule> rules = new ArrayList<>();
      for (CompiledPolicy policy : byName) {
        if (policy.source.tier() == tier) {
          for (CompiledRule rule : policy.rules) {
            if (rule.source().direction() == direction) {
              rules.add(rule);
            }
          }
        }
      }
      if (tier != Tier.NAMESPACED) {
        rules.sort(
            Comparator.comparingInt(rule -> order.order(rule.policy().source, rule.source())));
      }
      return List.copyOf(rules);
    }
  }

  private final Side ingress;
  private final Side egress;

  SubjectRules(Collection<Group> groups, TierOrder order) {
    List<CompiledPolicy> byName = new ArrayList<>();
    groups.forEach(group -> byName.addAll(group.subjectOf()));
    byName.sort(Comparator.comparing(CompiledPolicy::name));
    this.ingress = new Side(Direction.INGRESS, byName, order);
    this.egress = new Side(Direction.EGRESS, byName, order);
  }

  Side side(Direction direction) {
    return direction == Direction.INGRESS ? ingress : egress;
  }
}
