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
  private final Stores stores;
  private final Loop loop;
  private final Calls calls;

  PolicyList(Home home, PolicyBook policies, Datapaths datapaths, Stores stores, Loop loop) {
    this.home = home;
    this.policies = policies;
    this.datapaths = datapaths;
    this.stores = stores;
    this.loop = loop;
    calls = new Calls(loop);
  }

  /**
   * Reads the numbers and the counters and makes the list; without counters it says why they are
   * missing, without numbers they are 0.
   */
  CompletionStage<List<PolicyInfo>> read() {
    CompletableFuture<Map<PolicyRef, Integer>> ids = new CompletableFuture<>();
    Runnable cancel = loop.after(PATIENCE, () -> ids.complete(Map.of()));
    calls.call(
        stores::policyIds,
        read -> {
          cancel.run();
          ids.complete(read);
        },
        cause -> {
          cancel.run();
          ids.complete(Map.of());
        });
    return ids.thenCompose(this::read);
  }

  private CompletionStage<List<PolicyInfo>> read(Map<PolicyRef, Integer> ids) {
    CompletableFuture<List<PolicyInfo>> answer = new CompletableFuture<>();
    Optional<DatapathDriver> chosen = datapaths.chosen();
    if (chosen.isEmpty()) {
      answer.complete(list(ids, List.of(), Optional.of(datapaths.whyNone())));
      return answer;
    }
    Runnable cancel =
        loop.after(
            PATIENCE,
            () ->
                answer.complete(list(ids, List.of(), Optional.of("the datapath does not answer"))));
    calls.call(
        () -> chosen.get().datapath().counters(),
        counters -> {
          cancel.run();
          answer.complete(list(ids, counters, Optional.empty()));
        },
        cause -> {
          cancel.run();
          answer.complete(list(ids, List.of(), Optional.of(Calls.text(cause))));
        });
    return answer;
  }

  private List<PolicyInfo> list(
      Map<PolicyRef, Integer> ids, List<RuleCounter> counters, Optional<String> noCounters) {
    Map<PolicyRef, Long> packets = packets(counters);
    Map<PolicyRef, PolicySummary> summaries =
        home.engine().policies().stream()
            .collect(Collectors.toMap(PolicySummary::policy, summary -> summary));
    return policies.entries().stream()
        .map(
            entry ->
                info(entry, ids.getOrDefault(entry.policy(), 0), summaries, packets, noCounters))
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
      int id,
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
        id,
        entry.state(),
        summary.subjects(),
        summary.localSubjects(),
        summary.rules(),
        packets.getOrDefault(entry.policy(), 0L),
        problems);
  }
}
