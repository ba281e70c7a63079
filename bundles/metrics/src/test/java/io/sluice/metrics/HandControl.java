package io.sluice.metrics;

import io.sluice.api.control.Control;
import io.sluice.api.control.EndpointInfo;
import io.sluice.api.control.Explanation;
import io.sluice.api.control.GroupInfo;
import io.sluice.api.control.Measurements;
import io.sluice.api.control.Party;
import io.sluice.api.control.PolicyInfo;
import io.sluice.api.control.Service;
import io.sluice.api.control.Settled;
import io.sluice.api.control.Status;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.policy.PolicyRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An engine that says what the test wants it to say. Thread-safe. */
final class HandControl implements Control {
  final AtomicInteger rulesAsked = new AtomicInteger();
  final AtomicInteger countersAsked = new AtomicInteger();
  volatile Measurements measurements;
  volatile List<Rule> rules = List.of();
  volatile List<RuleCounter> counters = List.of();
  volatile boolean silent;
  volatile @Nullable RuntimeException countersFail;

  HandControl(Measurements measurements) {
    this.measurements = measurements;
  }

  private <T> CompletionStage<T> say(T answer) {
    return silent ? new CompletableFuture<>() : CompletableFuture.completedStage(answer);
  }

  private static <T> CompletionStage<T> unasked() {
    return CompletableFuture.failedStage(new AssertionError("a scrape must not ask for this"));
  }

  @Override
  public CompletionStage<Measurements> measurements() {
    return say(measurements);
  }

  @Override
  public CompletionStage<List<RuleCounter>> counters() {
    countersAsked.incrementAndGet();
    RuntimeException failure = countersFail;
    return failure == null ? say(counters) : CompletableFuture.failedStage(failure);
  }

  @Override
  public CompletionStage<List<Rule>> rules() {
    rulesAsked.incrementAndGet();
    return say(rules);
  }

  @Override
  public CompletionStage<Status> status() {
    return unasked();
  }

  @Override
  public CompletionStage<List<EndpointInfo>> endpoints() {
    return unasked();
  }

  @Override
  public CompletionStage<List<GroupInfo>> groups() {
    return unasked();
  }

  @Override
  public CompletionStage<List<PolicyInfo>> policies() {
    return unasked();
  }

  @Override
  public CompletionStage<Explanation> explain(Party from, Party to, Service service) {
    return unasked();
  }

  @Override
  public CompletionStage<List<String>> flows(PolicyRef policy) {
    return unasked();
  }

  @Override
  public CompletionStage<Settled> settle(Duration timeout) {
    return unasked();
  }
}
