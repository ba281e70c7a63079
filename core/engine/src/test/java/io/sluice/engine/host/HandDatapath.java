package io.sluice.engine.host;

import io.sluice.api.datapath.Coverage;
import io.sluice.api.datapath.Datapath;
import io.sluice.api.datapath.DatapathObserver;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Update;
import io.sluice.api.policy.PolicyRef;
import java.io.IOException;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A datapath that holds the desired state in memory and acknowledges when the test says so, or at
 * once. Thread-safe.
 */
final class HandDatapath implements Datapath {
  /** What it was handed, in order. */
  sealed interface Handed {
    record Whole(Snapshot snapshot) implements Handed {}

    record Step(Update update) implements Handed {}
  }

  private final DesiredState state = new DesiredState();
  private final List<Handed> handed = new ArrayList<>();
  private final List<Long> confirmed = new ArrayList<>();
  private final List<String> breaches = new ArrayList<>();
  private boolean automatic = true;
  private @Nullable Runnable waiting;
  private @Nullable Throwable nextFailure;
  private @Nullable DatapathObserver observer;
  private @Nullable DatapathStatus status;
  private Predicate<EndpointId> seen = endpoint -> true;
  private boolean binds = true;
  private final List<CompletableFuture<Void>> unconfirmed = new ArrayList<>();
  private boolean confirms = true;
  private boolean coversThrows;
  private boolean failsAlways;
  private boolean inherits;
  private Runnable atRelease = () -> {};
  private int releaseFailures;
  private List<RuleCounter> counters = List.of();
  private boolean released;

  static DatapathStatus ready(Map<EndpointId, String> bindings) {
    return new DatapathStatus(DatapathStatus.State.READY, "in hand", List.of(), bindings, Map.of());
  }

  /** From now on nothing is acknowledged before {@link #acknowledge}. */
  synchronized void hold() {
    automatic = false;
  }

  /** Acknowledges what is outstanding; if nothing is, the test is wrong. */
  void acknowledge() {
    Runnable answer;
    synchronized (this) {
      answer = waiting;
      waiting = null;
    }
    if (answer == null) {
      throw new AssertionError("nothing is outstanding");
    }
    answer.run();
  }

  /** Acknowledges at once from now on, also what is outstanding. */
  void release(boolean atOnce) {
    boolean something;
    synchronized (this) {
      automatic = atOnce;
      something = waiting != null;
    }
    if (something) {
      acknowledge();
    }
  }

  /** The next thing handed over fails. */
  synchronized void failNext(Throwable failure) {
    nextFailure = failure;
  }

  /** Everything that is handed over fails. */
  synchronized void failAll(Throwable failure) {
    nextFailure = failure;
    failsAlways = true;
  }

  /** It says again by itself how it is. */
  synchronized void heal() {
    status = null;
  }

  synchronized void status(DatapathStatus next) {
    status = next;
  }

  /** It sees the traffic of these only. */
  synchronized void sees(Predicate<EndpointId> which) {
    seen = which;
  }

  /** Whether it binds what it claims to cover. */
  synchronized void binds(boolean really) {
    binds = really;
  }

  /** Whether it confirms; if so, also what it was asked before. */
  synchronized void confirms(boolean now) {
    confirms = now;
    if (now) {
      unconfirmed.forEach(answer -> answer.complete(null));
      unconfirmed.clear();
    }
  }

  /** Whether the question what it covers makes it throw. */
  synchronized void coversThrows(boolean always) {
    coversThrows = always;
  }

  /** So many releases fail from now on. */
  synchronized void failReleases(int many) {
    releaseFailures = many;
  }

  /** Rules of an earlier life are in its switch. */
  synchronized void inherit() {
    inherits = true;
  }

  /** Whether rules are in its switch: a revision was taken, and none was released since. */
  synchronized boolean holds() {
    return (state.revision() > 0 || inherits) && !released;
  }

  /** Runs this when its rules are being removed. */
  synchronized void onRelease(Runnable look) {
    atRelease = look;
  }

  synchronized void counters(List<RuleCounter> next) {
    counters = next;
  }

  synchronized boolean outstanding() {
    return waiting != null;
  }

  synchronized List<Handed> handed() {
    return List.copyOf(handed);
  }

  synchronized List<Long> confirmed() {
    return List.copyOf(confirmed);
  }

  synchronized List<String> breaches() {
    return List.copyOf(breaches);
  }

  synchronized boolean released() {
    return released;
  }

  synchronized Snapshot state() {
    return state.snapshot();
  }

  synchronized Optional<DatapathObserver> observer() {
    return Optional.ofNullable(observer);
  }

  @Override
  public synchronized void attach(DatapathObserver whom) {
    if (observer != null || !handed.isEmpty()) {
      breaches.add("attached late or twice");
    }
    observer = whom;
  }

  @Override
  public CompletionStage<Coverage> covers(Collection<LocalEndpoint> endpoints) {
    Set<EndpointId> covered = new HashSet<>();
    Map<EndpointId, String> uncovered = new HashMap<>();
    synchronized (this) {
      if (coversThrows) {
        throw new IllegalStateException("asked too much");
      }
      for (LocalEndpoint endpoint : endpoints) {
        if (seen.test(endpoint.id())) {
          covered.add(endpoint.id());
        } else {
          uncovered.put(endpoint.id(), "not wired here");
        }
      }
    }
    return CompletableFuture.completedStage(new Coverage(covered, uncovered));
  }

  @Override
  public CompletionStage<Void> snapshot(Snapshot snapshot) {
    return take(
        new Handed.Whole(snapshot),
        () -> {
          state.reset(snapshot);
          released = false;
          return null;
        });
  }

  @Override
  public CompletionStage<Void> apply(Update update) {
    return take(
        new Handed.Step(update),
        () -> {
          try {
            state.apply(update);
            return null;
          } catch (StaleRevisionException e) {
            return e;
          }
        });
  }

  private interface Effect {
    @Nullable Throwable happen();
  }

  private synchronized CompletionStage<Void> take(Handed what, Effect effect) {
    handed.add(what);
    if (waiting != null) {
      breaches.add("two outstanding: " + what);
    }
    CompletableFuture<Void> answer = new CompletableFuture<>();
    Throwable failure = nextFailure;
    if (!failsAlways) {
      nextFailure = null;
    }
    Runnable acknowledge =
        () -> {
          Throwable wrong;
          synchronized (this) {
            wrong = failure == null ? effect.happen() : failure;
          }
          if (wrong == null) {
            answer.complete(null);
          } else {
            answer.completeExceptionally(wrong);
          }
        };
    if (automatic) {
      acknowledge.run();
    } else {
      waiting = acknowledge;
    }
    return answer;
  }

  @Override
  public synchronized CompletionStage<Void> confirm(long revision) {
    if (revision > state.revision()) {
      return CompletableFuture.failedStage(new IllegalStateException("not taken: " + revision));
    }
    if (!confirms) {
      CompletableFuture<Void> answer = new CompletableFuture<>();
      unconfirmed.add(answer);
      return answer;
    }
    confirmed.add(revision);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<List<RuleCounter>> counters() {
    return CompletableFuture.completedStage(counters);
  }

  @Override
  public synchronized CompletionStage<List<String>> flows(PolicyRef policy) {
    return CompletableFuture.completedStage(
        state.rules().values().stream()
            .filter(rule -> rule.policy().equals(policy))
            .map(rule -> "rule " + rule.id())
            .toList());
  }

  @Override
  public synchronized DatapathStatus status() {
    return status == null ? ready(bindings()) : status;
  }

  private Map<EndpointId, String> bindings() {
    return state.endpoints().keySet().stream()
        .filter(endpoint -> binds && seen.test(endpoint))
        .collect(Collectors.toMap(endpoint -> endpoint, endpoint -> "by hand"));
  }

  @Override
  public synchronized CompletionStage<Void> release() {
    if (releaseFailures > 0) {
      releaseFailures--;
      return CompletableFuture.failedStage(new IOException("the switch does not answer"));
    }
    released = true;
    atRelease.run();
    return CompletableFuture.completedStage(null);
  }
}
