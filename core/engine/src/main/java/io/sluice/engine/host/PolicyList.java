package io.sluice.engine.host;

import io.sluice.api.control.PolicyInfo;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Problem;
import io.sluice.engine.core.PolicySummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The policies for people, with the counters of the chosen datapath. */
final class PolicyList {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Home home;
  private final PolicyBook policies;
  private final Datapaths datapaths;
  private final Loop loop;
  private final Calls calls;

  PolicyList(Home home, PolicyBook policies, Datapaths datapaths, Loop loop) {
    this.home = home;
    this.policies = policies;
    this.datapaths = datapaths;
    this.loop = loop;
    calls = new Calls(loop);
  }

  /** Reads the counters and makes the list; without counters it says why they are missing. */
  CompletionStage<List<PolicyInfo>> read() {
    CompletableFuture<List<PolicyInfo>> answer = new CompletableFuture<>();
    Optional<DatapathDriver> chosen = datapaths.chosen();
    if (chosen.isEmpty()) {
      answer.complete(list(List.of(), Optional.of(datapaths.whyNone())));
      return answer;
    }
    Runnable cancel =
        loop.after(
            PATIENCE,
            () -> answer.complete(list(List.of(), Optional.of("the datapath does not answer"))));
    calls.call(
        () -> chosen.get().datapath().counters(),
        counters -> {
          cancel.run();
          answer.complete(list(counters, Optional.empty()));
        },
        cause -> {
          cancel.run();
          answer.complete(list(List.of(), Optional.of(Calls.text(cause))));
        });
    return answer;
  }

  private List<PolicyInfo> list(List<RuleCounter> counters, Optional<String> noCounters) {
    Map<PolicyRef, Long> packets = packets(counters);
    Map<PolicyRef, PolicySummary> summaries =
        home.engine().policies().stream()
            .collect(Collectors.toMap(PolicySummary::policy, summary -> summary));
    return policies.entries().stream()
        .map(entry -> info(entry, summaries, packets, noCounters))
        .sorted(Comparator.comparing(PolicyInfo::policy))
        .toList();
  }

  private Map<PolicyRef, Long> packets(List<RuleCounter> counters) {
    Map<Long, PolicyRef> policyOf =
        counters.isEmpty()
            ? Map.of()
            : home.engine().rules().stream().collect(Collectors.toMap(Rule::id, Rule::policy));
    Map<PolicyRef, Long> packets = new HashMap<>();
    for (RuleCounter counter : counters) {
      PolicyRef policy = policyOf.get(counter.rule());
      if (policy != null) {
        packets.merge(policy, counter.packets(), Long::sum);
      }
    }
    return packets;
  }

  private PolicyInfo info(
      PolicyBook.Entry entry,
      Map<PolicyRef, PolicySummary> summaries,
      Map<PolicyRef, Long> packets,
      Optional<String> noCounters) {
    PolicySummary summary =
        summaries.getOrDefault(entry.policy(), new PolicySummary(entry.policy(), 0, 0, 0));
    List<Problem> problems = new ArrayList<>(entry.problems());
    policies.alarm(entry).ifPresent(problems::add);
    noCounters.ifPresent(
        why ->
            problems.add(
                new Problem(
                    entry.origin(),
                    entry.policy().toString(),
                    "",
                    "packets can't be counted now: " + why,
                    "see the datapath in the status")));
    return new PolicyInfo(
        entry.policy(),
        entry.id(),
        entry.state(),
        summary.subjects(),
        summary.localSubjects(),
        summary.rules(),
        packets.getOrDefault(entry.policy(), 0L),
        problems);
  }
}
