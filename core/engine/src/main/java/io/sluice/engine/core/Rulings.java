package io.sluice.engine.core;

import io.sluice.api.control.Decision;
import io.sluice.api.control.Service;
import io.sluice.api.control.Verdict;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The kinds of rulings. */
final class Rulings {
  static final Ruling NONE = new Plain(Decision.Reason.NONE);
  static final Ruling OWN_NODE = new Plain(Decision.Reason.OWN_NODE);
  static final Ruling SELF = new Plain(Decision.Reason.SELF);
  static final Ruling DEFAULT = new Plain(Decision.Reason.DEFAULT);

  private Rulings() {}

  /**
   * The ruling where a packet must pass the rules of several endpoints: denied if one denies. The
   * isolation is that of all that deny; of several that allow, the first by name is shown.
   */
  static Ruling all(List<Ruling> rulings) {
    List<ByIsolation> isolated = new ArrayList<>();
    Ruling allowed = NONE;
    for (Ruling ruling : rulings) {
      if (ruling instanceof ByIsolation isolation) {
        isolated.add(isolation);
      } else if (ruling.verdict() == Verdict.DENY) {
        return ruling;
      } else if (allowed == NONE || ruling.by().compareTo(allowed.by()) < 0) {
        allowed = ruling;
      }
    }
    if (isolated.isEmpty()) {
      return allowed;
    }
    ByIsolation first = isolated.getFirst();
    return new ByIsolation(
        new Isolation(
            isolated.stream()
                .flatMap(ruling -> ruling.isolation().policies.stream())
                .distinct()
                .sorted(Comparator.comparing(CompiledPolicy::name))
                .toList()),
        first.direction(),
        first.other(),
        first.service());
  }

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
  record ByIsolation(Isolation isolation, Direction direction, End other, Service service)
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
      return isolation.names();
    }

    @Override
    public Decision decision() {
      return new Decision(
          Verdict.DENY,
          Decision.Reason.ISOLATION,
          isolation.policies.stream().map(policy -> policy.source.policy()).toList(),
          "",
          "no "
              + (direction == Direction.INGRESS ? "ingress" : "egress")
              + " rule of "
              + isolation.join(", ")
              + " allows "
              + other
              + " on "
              + service,
          MissingAllow.of(
              isolation.policies.getFirst().source.policy().namespace(),
              direction,
              other,
              service));
    }
  }
}
