package io.sluice.engine.host;

import io.sluice.api.control.Control;
import io.sluice.api.control.Finding;
import io.sluice.api.control.Reporter;
import io.sluice.api.datapath.Datapath;
import io.sluice.api.datapath.Update;
import io.sluice.api.event.DeniedFlow;
import io.sluice.api.event.InForce;
import io.sluice.api.event.PolicyRejected;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.PolicyTranslator;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.EventSource;
import io.sluice.api.store.LabelStore;
import io.sluice.api.store.PolicyStore;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.api.store.Stored;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The agent: one verticle that owns the policy engine and everything around it. Its methods may be
 * called from any thread; the work is done on its loop.
 */
final class Agent {
  private static final Logger LOG = System.getLogger(Agent.class.getName());
  private static final int SECONDS = 30;

  /** How long a stop may wait for the stores. */
  private static final Duration FLUSH = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final Context context;
  private final Loop loop;
  private final Counters counters = new Counters();
  private final FairLimit denialLimit;
  private final AtomicReference<@Nullable String> fault = new AtomicReference<>();

  // What follows is confined to the loop.
  private final Holdings holdings = new Holdings();
  private final DurableCopy copy;
  private final Translators translators = new Translators();
  private final Home home;
  private final PolicyBook policies;
  private final Stores stores;
  private final Datapaths datapaths;
  private final Turn turn;
  private final Inbox inbox;
  private final SessionServer sessions;
  private final Gate gate;
  private final HostAddresses addresses;
  private final Denials denials;
  private final LintDesk lint;
  private final Reporters reporters = new Reporters();
  private final Settler settler;
  private final Control control;
  private Settings settings;
  private final long started;
  private boolean everInForce;

  /**
   * What a host has around an agent.
   *
   * @param footprint in whose switches rules may lie from an earlier life
   * @param dropIns what is wrong with bundles that do not take part; may block
   * @param neighbours other policy engines on the node; may block
   */
  record Surroundings(
      LongSupplier ticker,
      InstantSource clock,
      Callable<Set<IpAddress>> interfaces,
      Footprint footprint,
      Supplier<List<Problem>> dropIns,
      Supplier<List<Finding>> neighbours) {
    /** Those of this host. */
    static Surroundings host(Footprint footprint, Supplier<List<Problem>> dropIns) {
      return new Surroundings(
          System::nanoTime,
          InstantSource.system(),
          HostAddresses::ofInterfaces,
          footprint,
          dropIns,
          Neighbours.ofHost());
    }
  }

  private Agent(Vertx vertx, Context context, Settings settings, Surroundings surroundings) {
    this.vertx = vertx;
    this.context = context;
    this.settings = settings;
    loop = new VertxLoop(vertx, context, surroundings.ticker());
    started = loop.nanos();
    context.exceptionHandler(this::failed);
    denialLimit = new FairLimit(surroundings.ticker(), settings.denialsPerSecond());
    home = new Home(settings.node(), holdings);
    policies = new PolicyBook(translators, home, this::rejected);
    stores =
        new Stores(
            new Stores.Content(holdings::keys, this::lasting, this::inContact),
            this::restore,
            surroundings.clock(),
            counters,
            loop);
    turn = new Turn(home, loop, this::offer);
    datapaths =
        new Datapaths(turn::snapshot, new Progress(), surroundings.footprint(), counters, loop);
    inbox = new Inbox(holdings, home, policies, stores, turn, counters);
    sessions =
        new SessionServer(vertx.eventBus(), holdings, inbox, counters, this::inputsMoved, loop);
    addresses =
        new HostAddresses(
            lookup -> context.executeBlocking(lookup).toCompletionStage(),
            surroundings.interfaces(),
            this::ownAddresses,
            this::inputsMoved,
            loop);
    copy = new DurableCopy(inbox, sessions, surroundings.clock(), loop);
    gate =
        new Gate(
            sessions::slots,
            translators,
            addresses::asked,
            new Gate.Copy(stores::reading, copy::held, copy::due, policies::untranslated),
            loop,
            this::gateOpened);
    DatapathBoard datapathBoard = new DatapathBoard(datapaths, loop);
    settler =
        new Settler(sessions, policies, addresses, gate, datapaths, datapathBoard, turn, loop);
    denials =
        new Denials(
            home,
            denialLimit,
            counters,
            surroundings.clock(),
            flow -> vertx.eventBus().publish(DeniedFlow.ADDRESS, flow),
            datapaths::statusChanged,
            loop);
    lint =
        new LintDesk(
            home,
            this::refused,
            surroundings.neighbours(),
            task -> Thread.ofPlatform().daemon().name("sluice-lint").start(task),
            loop);
    StatusBoard board =
        new StatusBoard(
            home,
            sessions,
            translators,
            policies,
            stores,
            datapaths,
            datapathBoard,
            gate,
            copy,
            holdings,
            counters,
            lint,
            reporters,
            this::ownProblems,
            loop);
    PolicyList list = new PolicyList(home, policies, datapaths, stores, loop);
    DatapathOrders orders = new DatapathOrders(datapaths, datapathBoard, loop);
    control =
        new ControlService(
            home,
            policies,
            list,
            datapaths,
            datapathBoard,
            orders,
            settler,
            board,
            lint,
            turn,
            surroundings.dropIns(),
            loop);
    datapaths.limit(settings.takeover());
    datapaths.configure(settings.datapath());
    gate.grace(settings.grace());
    copy.after(settings.copyAfter());
    lint.configure(settings.lint());
    addresses.configure(settings.addresses());
    addresses.start();
  }

  /** Deploys an agent; waits until it runs. Not to be called on an event loop. */
  static Agent start(Vertx vertx, Settings settings, Surroundings surroundings) {
    AtomicReference<@Nullable Agent> made = new AtomicReference<>();
    Future<String> deployed =
        vertx.deployVerticle(
            context -> {
              made.set(new Agent(vertx, context, settings, surroundings));
              return Future.succeededFuture();
            });
    await(deployed);
    Agent agent = made.get();
    if (agent == null) {
      throw new IllegalStateException("the verticle was deployed without being made");
    }
    return agent;
  }

  private static void await(Future<?> future) {
    try {
      Object unused =
          future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the engine starts or stops", e);
    } catch (ExecutionException e) {
      throw new CompletionException("the engine could not be started or stopped", e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the engine did not start or stop within " + SECONDS + " s", e);
    }
  }

  Control control() {
    return control;
  }

  void bind(EventSource source, String name) {
    loop.run(() -> sessions.bind(name, source));
  }

  void unbind(EventSource source) {
    loop.run(() -> sessions.unbind(source));
  }

  void bind(PolicyTranslator translator, String name, int ranking, long service) {
    loop.run(() -> translated(translators.bind(translator, name, ranking, service)));
  }

  void unbind(PolicyTranslator translator) {
    loop.run(() -> translated(translators.unbind(translator)));
  }

  void bind(LabelStore store, String name, boolean durable) {
    loop.run(() -> stores.bind(Stores.LABELS, name, durable, store, Inbox::isInput));
  }

  void bind(PolicyStore store, String name, boolean durable) {
    loop.run(() -> stores.bind(Stores.POLICIES, name, durable, store, key -> !Inbox.isInput(key)));
  }

  void unbind(LabelStore store) {
    loop.run(() -> stores.unbind(store));
  }

  void unbind(PolicyStore store) {
    loop.run(() -> stores.unbind(store));
  }

  void bind(Datapath datapath, Candidate candidate) {
    loop.run(() -> datapaths.bind(candidate, datapath, denials));
  }

  /** The service properties of a bound one have changed. */
  void modified(Datapath datapath, Candidate candidate) {
    loop.run(() -> datapaths.modified(candidate, datapath));
  }

  void unbind(Datapath datapath) {
    loop.run(() -> datapaths.unbind(datapath));
  }

  void bind(Reporter reporter) {
    loop.run(() -> reporters.bind(reporter));
  }

  void unbind(Reporter reporter) {
    loop.run(() -> reporters.unbind(reporter));
  }

  /** Applies another configuration. */
  void configure(Settings next) {
    loop.run(
        () -> {
          Settings before = settings;
          settings = next;
          denialLimit.limit(next.denialsPerSecond());
          gate.grace(next.grace());
          lint.configure(next.lint());
          if (!next.copyAfter().equals(before.copyAfter())) {
            copy.after(next.copyAfter());
          }
          forget();
          gate.look();
          if (!next.addresses().equals(before.addresses())) {
            addresses.configure(next.addresses());
          }
          datapaths.limit(next.takeover());
          if (!next.datapath().equals(before.datapath())) {
            datapaths.configure(next.datapath());
          }
          if (!next.node().equals(before.node())) {
            rehome(next.node());
          }
        });
  }

  private void rehome(String node) {
    LOG.log(Level.INFO, "rehome: this is node {0} now", node);
    home.rehome(node, policies.good());
    turn.restart();
    datapaths.restart();
  }

  /** Ends everything; what datapaths have programmed stays. Not to be called on an event loop. */
  void stop() {
    CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
    loop.run(
        () -> {
          settler.stop();
          addresses.stop();
          lint.stop();
          datapaths.stop();
          // What is in the switch by now must be in the durable copy as well.
          stores.finish(
              FLUSH,
              () -> {
                sessions.close();
                stopped.complete(null);
              });
        });
    stopped.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    await(vertx.undeploy(context.deploymentID()));
  }

  private void translated(Set<ResourceKind> kinds) {
    policies.retranslate(kinds).forEach(stores::write);
    turn.touch(loop.nanos());
    sessions.claim(translators.kinds());
    inputsMoved();
  }

  private void inputsMoved() {
    gate.look();
    if (gate.open() && (sessions.allDelivered() || copy.held())) {
      stores.complete();
    }
    settler.progressed();
  }

  private void gateOpened() {
    datapaths.open();
  }

  private boolean inContact() {
    return sessions.inContact();
  }

  /** An object in the form that has to survive a restart. */
  private Optional<Stored> lasting(ResourceKey key) {
    return holdings
        .find(key)
        .map(
            stored ->
                stored.resource() instanceof ClaimedResource latest
                    ? new Stored(policies.lasting(latest), stored.sources())
                    : stored);
  }

  private void restore(String kind, StoreSnapshot snapshot) {
    copy.restore(kind, snapshot);
    forget();
    inputsMoved();
  }

  /** Forgets what an operator has given up: sources that are not bound, kinds without a dialect. */
  private void forget() {
    for (String name : settings.forget()) {
      for (SourceSlot slot : List.copyOf(sessions.slots())) {
        boolean source = slot.name.equals(name) && !slot.isBound();
        inbox.forget(
            slot.name,
            holdings.keys(slot.name, key -> source || isGivenUp(key.kind(), name)),
            loop.nanos());
        if (source) {
          sessions.forget(name);
        }
      }
    }
  }

  private boolean isGivenUp(ResourceKind kind, String name) {
    return kind.toString().equals(name) && policies.untranslated().contains(kind);
  }

  private void offer(Update update) {
    datapaths.offer(update);
  }

  private void ownAddresses(Set<IpAddress> own) {
    if (home.addresses(own)) {
      turn.touch(loop.nanos());
    }
  }

  private List<Finding> refused() {
    return Refusals.among(
        policies, sessions.slots().stream().flatMap(s -> s.status.problems().stream()).toList());
  }

  private void rejected(PolicyBook.Entry entry) {
    List<Problem> problems = new ArrayList<>(entry.problems());
    policies.alarm(entry).ifPresent(problems::add);
    problems.forEach(problem -> LOG.log(Level.WARNING, "policy rejected: {0}", problem));
    boolean lastGood = policies.alarm(entry).isEmpty();
    vertx
        .eventBus()
        .publish(PolicyRejected.ADDRESS, new PolicyRejected(entry.policy(), lastGood, problems));
  }

  /** A task of the loop failed: a defect, which is said until the agent is restarted. */
  private void failed(Throwable failure) {
    counters.count(Counters.FAULTS);
    fault.set(failure.toString());
    LOG.log(Level.ERROR, "a task of the engine failed", failure);
  }

  private List<Problem> ownProblems() {
    List<Problem> problems = new ArrayList<>(settings.problems());
    problems.addAll(addresses.problems());
    String failure = fault.get();
    if (failure != null) {
      problems.add(
          new Problem(
              "engine",
              "",
              "",
              "an internal task failed: " + failure,
              "see the log; restart the agent (rules stay meanwhile) and report this"));
    }
    return problems;
  }

  /** What the datapaths tell. */
  private final class Progress implements DatapathDriver.Listener {
    @Override
    public void progressed() {
      settler.progressed();
    }

    @Override
    public void inForce(DatapathDriver driver, long revision) {
      Candidate candidate = driver.candidate();
      InForce event =
          new InForce(
              revision, candidate.name(), candidate.enforcing(), turn.sinceFirstEvent(revision));
      if (!everInForce && gate.open()) {
        everInForce = true;
        LOG.log(
            Level.INFO,
            "in force for the first time since the start, after {0} ms, at datapath {1}{2}",
            String.valueOf(TimeUnit.NANOSECONDS.toMillis(loop.nanos() - started)),
            candidate.name(),
            copy.inUse() ? ", from the durable copy" : "");
      }
      vertx.eventBus().publish(InForce.ADDRESS, event);
    }
  }
}
