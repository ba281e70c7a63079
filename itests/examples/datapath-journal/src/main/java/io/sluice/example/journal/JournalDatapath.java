package io.sluice.example.journal;

import io.sluice.api.datapath.Coverage;
import io.sluice.api.datapath.Datapath;
import io.sluice.api.datapath.DatapathObserver;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Update;
import io.sluice.api.policy.PolicyRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Writes each revision's difference to a file. A thread of its own does it, in order. */
@Component(
    service = Datapath.class,
    configurationPid = "io.sluice.example.journal",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {Datapath.NAME + "=journal", Datapath.ENFORCING + ":Boolean=false"})
@Designate(ocd = JournalConfig.class)
public final class JournalDatapath implements Datapath {
  private static final Snapshot NOTHING = new Snapshot(0, List.of(), Map.of(), Map.of(), List.of());

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("sluice-journal").daemon().factory());

  // Confined to the thread.
  private final DesiredState state = new DesiredState();
  private JournalFile journal;

  private volatile String detail = "has written nothing yet";

  /** Begins the journal with nothing, since this process has programmed nothing yet. */
  @Activate
  public JournalDatapath(JournalConfig config) {
    this(Path.of(config.file()), (long) config.maxSize() << 20);
  }

  /**
   * Begins the journal with nothing.
   *
   * @param file the file
   * @param maxBytes how long it may grow
   */
  JournalDatapath(Path file, long maxBytes) {
    journal = new JournalFile(file, maxBytes);
    CompletionStage<Void> unused = snapshot(NOTHING);
  }

  @Modified
  void modified(JournalConfig config) {
    CompletionStage<Void> unused =
        run(
            () -> {
              journal = new JournalFile(Path.of(config.file()), (long) config.maxSize() << 20);
              return write(state.difference(state.snapshot()));
            });
  }

  @Deactivate
  void stop() throws InterruptedException {
    thread.shutdown();
    thread.awaitTermination(5, TimeUnit.SECONDS);
  }

  @Override
  public void attach(DatapathObserver observer) {
    // No packet is seen and no switch can be lost, so there is nothing to tell.
  }

  @Override
  public CompletionStage<Coverage> covers(Collection<LocalEndpoint> endpoints) {
    return CompletableFuture.completedStage(
        new Coverage(
            Set.of(),
            endpoints.stream()
                .collect(Collectors.toMap(LocalEndpoint::id, any -> "a journal sees no traffic"))));
  }

  @Override
  public CompletionStage<Void> snapshot(Snapshot snapshot) {
    return run(() -> write(state.difference(snapshot)));
  }

  @Override
  public CompletionStage<Void> apply(Update update) {
    return run(() -> write(update));
  }

  /** What fails has moved the state all the same: the next group holds everything then. */
  private Void write(Update update) throws StaleRevisionException, IOException {
    state.apply(update);
    detail = "could not write revision " + update.revision() + " to " + journal.path();
    journal.append(
        journal.beginsAnew() ? JournalLines.whole(state.snapshot()) : JournalLines.of(update));
    detail = "revision " + update.revision() + " is in " + journal.path();
    return null;
  }

  @Override
  public CompletionStage<Void> confirm(long revision) {
    return run(
        () -> {
          if (revision > state.revision()) {
            throw new IllegalStateException("revision " + revision + " was not given");
          }
          return null;
        });
  }

  @Override
  public CompletionStage<List<RuleCounter>> counters() {
    return run(List::of);
  }

  @Override
  public CompletionStage<List<String>> flows(PolicyRef policy) {
    return run(
        () ->
            state.rules().values().stream()
                .filter(rule -> rule.policy().equals(policy))
                .map(rule -> JournalLines.of(rule).toString())
                .toList());
  }

  @Override
  public DatapathStatus status() {
    return new DatapathStatus(DatapathStatus.State.READY, detail, List.of(), Map.of(), Map.of());
  }

  @Override
  public CompletionStage<Void> release() {
    return snapshot(NOTHING);
  }

  private <T> CompletionStage<T> run(Callable<T> task) {
    CompletableFuture<T> done = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            done.complete(task.call());
          } catch (Exception e) {
            // The thread's root: whoever asked is told.
            done.completeExceptionally(e);
          }
        });
    return done;
  }
}
