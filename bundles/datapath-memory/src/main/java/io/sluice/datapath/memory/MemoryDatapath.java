package io.sluice.datapath.memory;

import io.sluice.api.datapath.Coverage;
import io.sluice.api.datapath.Datapath;
import io.sluice.api.datapath.DatapathObserver;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Update;
import io.sluice.api.policy.PolicyRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The {@link Datapath} in this process.
 *
 * <p>A revision is taken in the call that brings it, under this object's lock, so stages are
 * complete when they are returned and what is acknowledged is in force.
 */
@Component(
    service = Datapath.class,
    property = {Datapath.NAME + "=memory", Datapath.ENFORCING + ":Boolean=false"})
public final class MemoryDatapath implements Datapath {
  private final DesiredState state = new DesiredState();
  private final Map<Long, Long> matched = new HashMap<>();
  private @Nullable PacketJudge judge;

  /** Makes an empty one. */
  @Activate
  public MemoryDatapath() {}

  /** What would become of this packet on this node; counted by the rule that decides. */
  public synchronized Judgement decide(Packet packet) {
    PacketJudge current = judge;
    if (current == null) {
      current = new PacketJudge(state);
      judge = current;
    }
    Judgement judgement = current.judge(packet);
    judgement.rule().ifPresent(rule -> matched.merge(rule.id(), 1L, Long::sum));
    return judgement;
  }

  @Override
  public void attach(DatapathObserver observer) {
    // Nothing happens here that the engine did not ask for, so there is nothing to observe.
  }

  @Override
  public CompletionStage<Coverage> covers(Collection<LocalEndpoint> endpoints) {
    Map<EndpointId, String> uncovered =
        endpoints.stream()
            .collect(
                Collectors.toMap(LocalEndpoint::id, endpoint -> "memory sees no traffic at all"));
    return CompletableFuture.completedStage(new Coverage(java.util.Set.of(), uncovered));
  }

  @Override
  public synchronized CompletionStage<Void> snapshot(Snapshot snapshot) {
    state.reset(snapshot);
    changed();
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<Void> apply(Update update) {
    try {
      state.apply(update);
    } catch (StaleRevisionException stale) {
      return CompletableFuture.failedStage(stale);
    }
    changed();
    return CompletableFuture.completedStage(null);
  }

  private void changed() {
    judge = null;
    matched.keySet().retainAll(state.rules().keySet());
  }

  @Override
  public synchronized CompletionStage<Void> confirm(long revision) {
    return revision <= state.revision()
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.failedStage(
            new IllegalStateException(
                "revision " + revision + " was not taken; " + state.revision() + " is held"));
  }

  @Override
  public synchronized CompletionStage<List<RuleCounter>> counters() {
    return CompletableFuture.completedStage(
        matched.entrySet().stream()
            .map(entry -> new RuleCounter(entry.getKey(), entry.getValue(), 0))
            .toList());
  }

  @Override
  public synchronized CompletionStage<List<String>> flows(PolicyRef policy) {
    return CompletableFuture.completedStage(
        state.rules().values().stream()
            .filter(rule -> rule.policy().equals(policy))
            .map(Rule::toString)
            .toList());
  }

  @Override
  public synchronized DatapathStatus status() {
    return new DatapathStatus(
        DatapathStatus.State.READY,
        "answers questions at revision " + state.revision() + "; enforces nothing",
        List.of(),
        Map.of(),
        Map.of(
            "rules", (long) state.rules().size(),
            "endpoints", (long) state.endpoints().size()));
  }

  @Override
  public synchronized CompletionStage<Void> release() {
    state.reset(new Snapshot(0, List.of(), Map.of(), Map.of(), List.of()));
    changed();
    return CompletableFuture.completedStage(null);
  }
}
