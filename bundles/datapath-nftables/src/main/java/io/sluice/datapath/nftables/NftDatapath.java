package io.sluice.datapath.nftables;

import io.sluice.api.datapath.Coverage;
import io.sluice.api.datapath.Datapath;
import io.sluice.api.datapath.DatapathObserver;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Update;
import io.sluice.api.policy.PolicyRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The {@link Datapath} that programs nftables. Hands every call to its own thread. */
@Component(
    service = Datapath.class,
    configurationPid = "io.sluice.datapath.nftables",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {Datapath.NAME + "=nftables", Datapath.ENFORCING + ":Boolean=true"})
@Designate(ocd = NftConfig.class)
public final class NftDatapath implements Datapath, AutoCloseable {
  private final DatapathThread executor;
  private final Agent agent;

  /**
   * Looks at the node; programs nothing until there is a snapshot.
   *
   * @param keys the keys of {@code io.sluice.datapath.nftables.cfg}; {@link NftConfig} says which
   * @throws IllegalArgumentException if the configuration makes no sense; the message names the key
   */
  @Activate
  public NftDatapath(Map<String, Object> keys) {
    this(keys, Thread.ofPlatform().name("sluice-nftables").daemon().factory());
  }

  /**
   * The same on a thread of somebody else's making, in whose network namespace it works.
   *
   * @param threads makes the one thread
   */
  public NftDatapath(Map<String, Object> keys, ThreadFactory threads) {
    Settings settings = settings(keys);
    executor = new DatapathThread(threads);
    agent = new Agent(settings, executor);
    executor.execute(agent::open);
  }

  private static Settings settings(Map<String, Object> keys) {
    try {
      return Settings.of(new Keys(keys));
    } catch (Settings.InvalidException e) {
      throw new IllegalArgumentException(
          "io.sluice.datapath.nftables: " + e.key() + ": " + e.getMessage(), e);
    }
  }

  /** Takes over other values of the keys; what makes no sense is a problem in the status. */
  @Modified
  public void modified(Map<String, Object> keys) {
    executor.execute(() -> agent.configure(new Keys(keys)));
  }

  /** Ends the thread. The table stays. */
  @Override
  @Deactivate
  public void close() {
    executor.execute(agent::close);
    executor.shutdown();
  }

  @Override
  public void attach(DatapathObserver observer) {
    executor.execute(() -> agent.attach(observer));
  }

  @Override
  public CompletionStage<Coverage> covers(Collection<LocalEndpoint> endpoints) {
    List<LocalEndpoint> asked = List.copyOf(endpoints);
    return on(() -> agent.covers(asked));
  }

  @Override
  public CompletionStage<Void> snapshot(Snapshot snapshot) {
    return on(() -> agent.snapshot(snapshot));
  }

  @Override
  public CompletionStage<Void> apply(Update update) {
    return on(() -> agent.apply(update));
  }

  @Override
  public CompletionStage<Void> confirm(long revision) {
    return on(() -> agent.confirm(revision));
  }

  @Override
  public CompletionStage<List<RuleCounter>> counters() {
    return on(agent::counters);
  }

  @Override
  public CompletionStage<List<String>> flows(PolicyRef policy) {
    return on(() -> CompletableFuture.completedStage(agent.flows(policy)));
  }

  @Override
  public DatapathStatus status() {
    return agent.status();
  }

  @Override
  public CompletionStage<Void> release() {
    return on(agent::release);
  }

  private <T> CompletionStage<T> on(Supplier<CompletionStage<T>> call) {
    if (executor.isShutdown()) {
      return CompletableFuture.failedStage(new IllegalStateException("the datapath was stopped"));
    }
    return CompletableFuture.supplyAsync(call, executor).thenCompose(stage -> stage);
  }
}
