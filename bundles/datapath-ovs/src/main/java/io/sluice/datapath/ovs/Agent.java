package io.sluice.datapath.ovs;

import io.sluice.api.datapath.Coverage;
import io.sluice.api.datapath.DatapathObserver;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.Denial;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Update;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Problem;
import io.sluice.datapath.ovs.ovsdb.SwitchConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What happens on the datapath's thread: hands what the engine asks to the bridge in force, and to
 * the one that follows it, and says how they are.
 */
final class Agent implements BridgeAgent.Owner {
  private final DatapathThread executor;
  private final Relocation relocation;
  private Optional<Problem> configuration = Optional.empty();
  private Optional<DatapathObserver> observer = Optional.empty();
  private boolean reporting;
  private volatile DatapathStatus status =
      new DatapathStatus(
          DatapathStatus.State.DISCONNECTED, "starting", List.of(), Map.of(), Map.of());

  Agent(Settings settings, DatapathThread executor) {
    this.executor = executor;
    this.relocation =
        new Relocation(
            settings,
            executor,
            (each, replaces) -> new BridgeAgent(each, replaces, executor, this),
            this::changed);
  }

  void open() {
    relocation.current().open();
  }

  void close() {
    relocation.close();
  }

  void attach(DatapathObserver now) {
    observer = Optional.of(now);
  }

  // What the engine asks.

  CompletionStage<Void> snapshot(Snapshot snapshot) {
    return feed(agent -> agent.snapshot(snapshot));
  }

  CompletionStage<Void> apply(Update update) {
    return feed(
        agent ->
            agent
                .apply(update)
                .exceptionallyComposeAsync(failure -> again(agent, failure), executor));
  }

  /** A bridge that could not follow one revision is given the whole of the one in force. */
  private CompletionStage<Void> again(BridgeAgent agent, Throwable failure) {
    return agent == relocation.current()
        ? CompletableFuture.failedStage(SwitchLink.cause(failure))
        : relocation
            .current()
            .state()
            .map(state -> agent.snapshot(state.snapshot()))
            .orElse(CompletableFuture.failedStage(SwitchLink.cause(failure)));
  }

  private CompletionStage<Void> feed(Function<BridgeAgent, CompletionStage<Void>> food) {
    List<BridgeAgent> counting = relocation.standing();
    List<CompletableFuture<Void>> stages = new ArrayList<>();
    List<BridgeAgent> fed = new ArrayList<>(List.of(relocation.current()));
    relocation.next().ifPresent(fed::add);
    for (BridgeAgent agent : fed) {
      CompletionStage<Void> done = food.apply(agent);
      if (counting.contains(agent)) {
        stages.add(done.toCompletableFuture());
      }
    }
    changed();
    return stages.size() == 1
        ? stages.getFirst()
        : CompletableFuture.allOf(stages.toArray(CompletableFuture<?>[]::new));
  }

  CompletionStage<Void> confirm(long revision) {
    return CompletableFuture.allOf(
        relocation.standing().stream()
            .map(agent -> agent.confirm(revision).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  CompletionStage<Coverage> covers(Collection<LocalEndpoint> asked) {
    CompletionStage<Coverage> all = relocation.current().covers(asked);
    for (BridgeAgent agent : relocation.standing()) {
      if (agent != relocation.current()) {
        all = all.thenCombine(agent.covers(asked), Agent::either);
      }
    }
    return all;
  }

  private static Coverage either(Coverage one, Coverage other) {
    Set<EndpointId> covered = new HashSet<>(one.covered());
    covered.addAll(other.covered());
    Map<EndpointId, String> uncovered = new HashMap<>(one.uncovered());
    uncovered.keySet().removeAll(covered);
    return new Coverage(covered, uncovered);
  }

  CompletionStage<List<RuleCounter>> counters() {
    return relocation.current().counters();
  }

  List<String> flows(PolicyRef policy) {
    return relocation.current().flows(policy);
  }

  DatapathStatus status() {
    return status;
  }

  CompletionStage<Void> release() {
    return relocation.release().whenCompleteAsync((done, failure) -> changed(), executor);
  }

  // What the configuration says.

  void configure(Keys keys) {
    try {
      Settings now = Settings.of(keys);
      configuration = Optional.empty();
      relocation.configure(now);
    } catch (Settings.InvalidException e) {
      configuration =
          Optional.of(
              new Problem(
                  "ovs",
                  "io.sluice.datapath.ovs.cfg",
                  e.key(),
                  String.valueOf(e.getMessage()),
                  "correct the key; until then the old configuration is in force"));
    }
    changed();
  }

  // What the bridges say.

  @Override
  public void denied(Denial denial) {
    observer.ifPresent(each -> each.denied(denial));
  }

  @Override
  public void configured(BridgeAgent agent, SwitchConfig config) {
    relocation.look(agent, config);
  }

  @Override
  public boolean allows(BridgeAgent agent) {
    return relocation.allows(agent);
  }

  @Override
  public void changed() {
    if (reporting) {
      return;
    }
    reporting = true;
    relocation.advance();
    reporting = false;
    List<Problem> problems = new ArrayList<>();
    configuration.ifPresent(problems::add);
    problems.addAll(relocation.current().problems());
    problems.addAll(relocation.problems());
    DatapathStatus now = relocation.current().status(problems);
    DatapathStatus before = status;
    status = now;
    // Numbers change all the time; they are no news.
    if (now.state() != before.state()
        || !now.problems().equals(before.problems())
        || !now.bindings().equals(before.bindings())) {
      observer.ifPresent(DatapathObserver::statusChanged);
    }
  }
}
