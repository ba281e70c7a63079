package io.sluice.itests.host.dropin;

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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * A datapath whose switch is a file: {@code <folder>/<name>.rules} holds the rules, and outlives
 * every process; {@code <name>.calls} records what was asked of it, one line each.
 *
 * <p>The property {@code behaviour} makes it a bad one: {@code blind} covers nothing, {@code
 * boaster} claims to cover everything and binds nothing, {@code silent} never confirms, {@code
 * broken} can't be made.
 */
public final class FileDatapath implements Datapath {
  private final Path rules;
  private final Path calls;
  private final String behaviour;
  private final DesiredState state = new DesiredState();

  /** Touches nothing. */
  public FileDatapath(Map<String, Object> properties) {
    Path folder = Path.of(String.valueOf(properties.get("folder")));
    String name = String.valueOf(properties.get(NAME));
    rules = folder.resolve(name + ".rules");
    calls = folder.resolve(name + ".calls");
    behaviour = String.valueOf(properties.get("behaviour"));
    if (behaviour.equals("broken")) {
      throw new IllegalStateException("there is no switch of this kind");
    }
  }

  private void record(String call) {
    try {
      Files.writeString(calls, call + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CompletionStage<Void> program() {
    try {
      Path next = rules.resolveSibling(rules.getFileName() + ".next");
      Files.writeString(
          next,
          state.rules().values().stream()
              .map(rule -> rule.policy() + " " + rule.direction() + " " + rule.action())
              .sorted()
              .collect(Collectors.joining("\n", "", "\n")));
      Files.move(next, rules, StandardCopyOption.ATOMIC_MOVE);
      return CompletableFuture.completedStage(null);
    } catch (IOException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public void attach(DatapathObserver observer) {}

  @Override
  public synchronized CompletionStage<Coverage> covers(Collection<LocalEndpoint> endpoints) {
    Set<EndpointId> ids = endpoints.stream().map(LocalEndpoint::id).collect(Collectors.toSet());
    return CompletableFuture.completedStage(
        behaviour.equals("blind")
            ? new Coverage(
                Set.of(), ids.stream().collect(Collectors.toMap(id -> id, id -> "not wired")))
            : new Coverage(ids, Map.of()));
  }

  @Override
  public synchronized CompletionStage<Void> snapshot(Snapshot snapshot) {
    record("snapshot");
    state.reset(snapshot);
    return program();
  }

  @Override
  public synchronized CompletionStage<Void> apply(Update update) {
    record("apply");
    try {
      state.apply(update);
    } catch (StaleRevisionException e) {
      return CompletableFuture.failedStage(e);
    }
    return program();
  }

  @Override
  public synchronized CompletionStage<Void> confirm(long revision) {
    return behaviour.equals("silent")
        ? new CompletableFuture<>()
        : CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<List<RuleCounter>> counters() {
    return CompletableFuture.completedStage(List.of());
  }

  @Override
  public synchronized CompletionStage<List<String>> flows(PolicyRef policy) {
    return CompletableFuture.completedStage(List.of());
  }

  @Override
  public synchronized DatapathStatus status() {
    Map<EndpointId, String> bindings =
        behaviour.equals("boaster")
            ? Map.of()
            : state.endpoints().keySet().stream()
                .collect(Collectors.toMap(id -> id, id -> "in the file"));
    return new DatapathStatus(
        DatapathStatus.State.READY, "writes to a file", List.of(), bindings, Map.of());
  }

  @Override
  public synchronized CompletionStage<Void> release() {
    record("release");
    try {
      Files.deleteIfExists(rules);
      return CompletableFuture.completedStage(null);
    } catch (IOException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
