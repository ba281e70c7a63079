package io.sluice.metrics;

import io.sluice.api.control.Control;
import io.sluice.api.control.Measurements;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.RuleCounter;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An engine that says what the test wants it to say, and fails whatever a scrape must not ask for.
 * Thread-safe.
 */
final class HandControl {
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

  /** The service. */
  Control service() {
    Object proxy =
        Proxy.newProxyInstance(
            Control.class.getClassLoader(),
            new Class<?>[] {Control.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "measurements" -> say(measurements);
                  case "rules" -> {
                    rulesAsked.incrementAndGet();
                    yield say(rules);
                  }
                  case "counters" -> {
                    countersAsked.incrementAndGet();
                    RuntimeException failure = countersFail;
                    yield failure == null ? say(counters) : CompletableFuture.failedStage(failure);
                  }
                  default ->
                      CompletableFuture.failedStage(
                          new AssertionError("a scrape must not ask for " + method.getName()));
                });
    return (Control) proxy;
  }

  private <T> CompletionStage<T> say(T answer) {
    return silent ? new CompletableFuture<>() : CompletableFuture.completedStage(answer);
  }
}
