package io.sluice.engine.core;

import io.sluice.api.control.Decision;
import io.sluice.api.control.Service;
import io.sluice.api.control.Verdict;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import java.util.List;

/** The kinds of rulings. */
final class Rulings {
  static final Ruling NONE = new Plain(Decision.Reason.NONE);
  static final Ruling OWN_NODE = new Plain(Decision.Reason.OWN_NODE);
  static final Ruling SELF = new Plain(Decision.Reason.SELF);
  static final Ruling DEFAULT = new Plain(Decision.Reason.DEFAULT);

  private Rulings() {}

  /** Allowed, by no policy. */
  private record Plain(Decision.Reason reason) implements Ruling {
    @Override
    public Verdict verdict() {
      return Verdict.ALLOW;
    }

    @Override
    public String by() {
      return reason.text();
    }

    @Override
    public Decision decision() {
      return new Decision(Verdict.ALLOW, reason, List.of(), "", "");
    }
  }

  /** Decided by a rule. */
  record ByRule(CompiledRule rule) implements Ruling {
    @Override
    public Verdict verdict() {
      return rule.source().action() == Action.ALLOW ? Verdict.ALLOW : Verdict.DENY;
    }

    @Override
    public Decision.Reason reason() {
      return Decision.Reason.POLICY;
    }

    @Override
    public String by() {
      return rule.policy().name();
    }

    @Override
    public Decision decision() {
      return new Decision(
          verdict(),
          Decision.Reason.POLICY,
          List.of(rule.policy().source.policy()),
          rule.source().place(),
          "");
    }
  }

  /** Denied, because the subject is isolated and nothing allows. */
  record ByIsolation(SubjectRules.Side side, Direction direction, End other, Service service)
      implements Ruling {
    @Override
    public Verdict verdict() {
      return Verdict.DENY;
    }

    @Override
    public Decision.Reason reason() {
      return Decision.Reason.ISOLATION;
    }

    @Override
    public String by() {
      return side.isolatedBy();
    }

    @Override
    public Decision decision() {
      return new Decision(
          Verdict.DENY,
          Decision.Reason.ISOLATION,
          side.isolating().stream().map(policy -> policy.source.policy()).toList(),
          "",
          "no "
              + (direction == Direction.INGRESS ? "ingress" : "egress")
              + " rule of "
              + String.join(", ", side.isolating().stream().map(CompiledPolicy::name).toList())
              + " allows "
              + other
              + " on "
              + service);
    }
  }
}
