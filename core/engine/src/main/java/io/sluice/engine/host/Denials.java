package io.sluice.engine.host;

import io.sluice.api.control.Decision;
import io.sluice.api.control.Explanation;
import io.sluice.api.control.Party;
import io.sluice.api.control.Service;
import io.sluice.api.control.Verdict;
import io.sluice.api.datapath.DatapathObserver;
import io.sluice.api.datapath.Denial;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.Rule;
import io.sluice.api.event.DeniedFlow;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The log of denied packets: each line names the policies that deny and the allow that is missing.
 * The rate limit stands before the loop, so that a flood of denials costs the loop nothing.
 */
final class Denials implements DatapathObserver {
  private static final Logger LOG = System.getLogger("io.sluice.denied");

  private final Home home;
  private final FairLimit limit;
  private final Counters counters;
  private final InstantSource clock;
  private final Consumer<DeniedFlow> publish;
  private final Runnable statusChanged;
  private final Loop loop;

  /** Who shares the limit: a noisy flow must not use up what is for others. */
  private record Flow(Optional<EndpointId> subject, Optional<Long> rule) {}

  Denials(
      Home home,
      FairLimit limit,
      Counters counters,
      InstantSource clock,
      Consumer<DeniedFlow> publish,
      Runnable statusChanged,
      Loop loop) {
    this.home = home;
    this.limit = limit;
    this.counters = counters;
    this.clock = clock;
    this.publish = publish;
    this.statusChanged = statusChanged;
    this.loop = loop;
  }

  @Override
  public void denied(Denial denial) {
    counters.count(Counters.DENIALS);
    if (limit.tryTake(new Flow(denial.subject(), denial.rule()))) {
      loop.run(() -> tell(enrich(denial)));
    } else {
      counters.count(Counters.DENIALS_SUPPRESSED);
    }
  }

  @Override
  public void statusChanged() {
    loop.run(statusChanged);
  }

  private void tell(DeniedFlow flow) {
    LOG.log(Level.INFO, () -> line(flow));
    publish.accept(flow);
  }

  /** Asks the compiled rules, which are those that denied unless they changed a moment ago. */
  private DeniedFlow enrich(Denial denial) {
    if (denial.rule().isPresent() || denial.subject().isPresent()) {
      try {
        Decision decision = decide(denial);
        if (decision.verdict() == Verdict.DENY) {
          return flow(
              denial, decision.policies(), decision.rule(), decision.missing(), decision.hint());
        }
      } catch (IllegalArgumentException e) {
        // The pod is gone meanwhile; the rule may still be there.
        return flow(denial, byRule(denial), "", "", "");
      }
    }
    return flow(denial, byRule(denial), "", "", "");
  }

  private DeniedFlow flow(
      Denial denial, List<PolicyRef> policies, String rule, String missing, String hint) {
    return new DeniedFlow(
        denial,
        clock.instant(),
        home.engine().end(denial.source()).toString(),
        home.engine().end(denial.destination()).toString(),
        policies,
        rule,
        missing,
        hint);
  }

  private Decision decide(Denial denial) {
    boolean ingress = denial.direction() == Direction.INGRESS;
    Party from = party(denial, denial.source(), !ingress);
    Party to = party(denial, denial.destination(), ingress);
    Explanation explanation =
        home.engine().explain(from, to, new Service(denial.protocol(), denial.port()));
    return ingress ? explanation.ingress() : explanation.egress();
  }

  private static Party party(Denial denial, IpAddress address, boolean isSubject) {
    return isSubject && denial.subject().isPresent()
        ? new Party.Pod(denial.subject().get().namespace(), denial.subject().get().name())
        : new Party.Address(address);
  }

  private List<PolicyRef> byRule(Denial denial) {
    return home.engine().rules().stream()
        .filter(rule -> denial.rule().filter(id -> id == rule.id()).isPresent())
        .map(Rule::policy)
        .toList();
  }

  static String line(DeniedFlow flow) {
    Denial denial = flow.denial();
    Service service = new Service(denial.protocol(), denial.port());
    StringBuilder line = new StringBuilder("denied ");
    line.append(denial.direction() == Direction.INGRESS ? "ingress" : "egress");
    line.append(" of ").append(denial.subject().map(EndpointId::path).orElse("an unknown port"));
    line.append(": ").append(denial.source()).append(" to ").append(denial.destination());
    line.append(" ").append(service);
    if (flow.policies().isEmpty()) {
      line.append(", ").append(denial.reason());
    } else {
      line.append(", by ")
          .append(
              flow.policies().stream().map(PolicyRef::toString).collect(Collectors.joining(",")));
    }
    if (!flow.missing().isEmpty()) {
      line.append("; missing: ").append(flow.missing());
    }
    return line.toString();
  }
}
