package io.sluice.source.kubernetes;

import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Change;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.BatchSink;
import io.sluice.api.source.SessionRequest;
import io.sluice.api.source.SourceSession;
import io.sluice.api.source.SourceStatus;
import io.sluice.api.source.SourceStatus.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The source's thread, and what lives on it: what is known, the open session, and the reflectors of
 * the present connection.
 */
final class Worker implements Executor, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Worker.class.getName());

  /** How often stalled answers are looked for. */
  private static final long TICK = 250_000_000L;

  /** How often the status is said again when only its numbers have changed. */
  private static final long SAY = 1_000_000_000L;

  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final LongSupplier ticker;
  private final AtomicLong lastContact = Contact.never();
  private final AtomicLong sessions = new AtomicLong();
  private final Rereads rereads = new Rereads();
  private final Findings findings = new Findings(this, this::state);
  private final Thread thread;
  private volatile boolean running = true;
  private volatile @Nullable Connection connection;

  // Confined to the thread.
  private final Map<ResourceKind, KindState> kinds = new TreeMap<>();
  private Settings settings;
  private @Nullable Session session;
  private @Nullable Contact contact;
  private @Nullable String broken;
  private @Nullable SourceStatus said;
  private long nextTry;
  private long nextSaying;

  Worker(Settings settings, LongSupplier ticker) {
    this.settings = settings;
    this.ticker = ticker;
    thread = Thread.ofPlatform().daemon().name("sluice-kubernetes").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  // What the engine, the configuration and the events component ask for.

  SourceSession open(SessionRequest request, BatchSink sink) {
    Session opened = new Session(request, sink, sessions.incrementAndGet(), this, this::reread);
    execute(() -> begin(opened));
    return opened;
  }

  /** Reads with other settings from now on; what is known stays until it was read anew. */
  void configure(Settings next) {
    execute(
        () -> {
          settings = next;
          disconnect();
          connect();
        });
  }

  /** The connection of the moment, or null. */
  @Nullable Connection connection() {
    return connection;
  }

  /** The policy that this source holds under a name; nothing if it holds none. */
  CompletionStage<Optional<ClaimedResource>> find(PolicyRef policy) {
    CompletableFuture<Optional<ClaimedResource>> found = new CompletableFuture<>();
    execute(
        () ->
            found.complete(
                kinds.values().stream()
                    .filter(state -> state.kind.kind().equals(policy.kind()))
                    .map(state -> held(state, policy))
                    .flatMap(Optional::stream)
                    .findFirst()));
    return found;
  }

  private static Optional<ClaimedResource> held(KindState state, PolicyRef policy) {
    Resource resource =
        state.inventory.get(new ResourceKey(state.kind, policy.namespace(), policy.name()));
    return resource instanceof ClaimedResource claimed ? Optional.of(claimed) : Optional.empty();
  }

  private void begin(Session opened) {
    if (session != null) {
      session.end(null);
    }
    session = opened;
    said = null;
    Set<ResourceKind> wanted = opened.wanted();
    kinds.values().stream().filter(state -> !wanted.contains(state.kind)).forEach(this::drop);
    kinds.keySet().retainAll(wanted);
    kinds
        .values()
        .forEach(
            state -> state.inventory.forEach(resource -> opened.add(new Change.Upsert(resource))));
    for (ResourceKind kind : wanted) {
      kinds.computeIfAbsent(kind, added -> new KindState(added, this::changed));
    }
    if (connection == null) {
      connect();
    } else {
      follow();
    }
  }

  private void drop(KindState state) {
    state.disconnect();
  }

  private void changed(Change change) {
    if (session != null) {
      session.add(change);
    }
  }

  private void reread(Session.Reread reread) {
    if (connection == null) {
      connect();
    }
    if (connection == null) {
      reread.read(status());
      return;
    }
    rereads.add(reread, kinds.values());
    kinds.values().forEach(state -> with(state, Reflector::relist));
  }

  private static void with(KindState state, java.util.function.Consumer<Reflector> action) {
    Reflector reflector = state.reflector;
    if (reflector != null) {
      action.accept(reflector);
    }
  }

  // The connection.

  private void connect() {
    nextTry = ticker.getAsLong() + settings.probe().toNanos();
    try {
      Connection made = Connection.open(settings.access(), settings.timeout());
      connection = made;
      broken = null;
      Contact begun =
          new Contact(made, settings, ticker, lastContact, failure -> probed(made, failure));
      contact = begun;
      begun.start();
      follow();
    } catch (IOException e) {
      String reason = Failure.text(e);
      if (!reason.equals(broken)) {
        LOG.log(System.Logger.Level.WARNING, "no way to the API server: {0}", reason);
      }
      broken = reason;
    }
  }

  private void disconnect() {
    kinds.values().forEach(KindState::disconnect);
    rereads.look(this::status, true);
    if (contact != null) {
      contact.stop();
    }
    contact = null;
    Connection before = connection;
    connection = null;
    if (before != null) {
      before.close();
    }
  }

  private void follow() {
    Connection present = connection;
    if (present == null) {
      return;
    }
    for (KindState state : kinds.values()) {
      if (state.reflector == null) {
        Reflector reflector = new Reflector(state.kind, present, settings, findings);
        state.reflector = reflector;
        reflector.start();
      }
    }
  }

  /** The server was asked whether it is there. */
  private void probed(Connection asked, @Nullable Failure failure) {
    offer(
        () -> {
          if (asked != connection) {
            return;
          }
          if (asked.isOutdated()) {
            LOG.log(System.Logger.Level.INFO, "{0} has changed", settings.access().name());
            disconnect();
            connect();
          } else if (failure != null) {
            broken = failure.text();
          } else if (broken != null) {
            // Whatever was open meanwhile may hang: every watch goes on from where it was.
            broken = null;
            kinds.values().forEach(state -> with(state, Reflector::refresh));
          }
        });
  }

  /** The state of a reflector's kind; null if the reflector counts no more. */
  private @Nullable KindState state(Reflector reflector) {
    KindState state = kinds.get(reflector.kind());
    return state == null || state.reflector != reflector ? null : state;
  }

  /** An answer has come. */
  void heard() {
    lastContact.set(ticker.getAsLong());
  }

  // The thread.

  /**
   * Runs something on the thread.
   *
   * @throws RejectedExecutionException if the source has stopped
   */
  @Override
  public void execute(Runnable task) {
    if (!offer(task)) {
      throw new RejectedExecutionException("the source has stopped");
    }
  }

  /** Runs something on the thread, unless the source has stopped. */
  boolean offer(Runnable task) {
    synchronized (tasks) {
      if (running) {
        tasks.add(task);
      }
      return running;
    }
  }

  private void run() {
    while (running) {
      try {
        turn();
      } catch (InterruptedException e) {
        stop();
      } catch (RuntimeException e) {
        // The thread's root: the source goes on, and says that it missed something.
        LOG.log(System.Logger.Level.ERROR, "the source failed", e);
        broken = "internal error: " + e;
        disconnect();
      }
    }
    disconnect();
    List<Runnable> left = new ArrayList<>();
    tasks.drainTo(left);
    left.forEach(Runnable::run);
    rereads.fail();
    if (session != null) {
      session.end(null);
    }
  }

  private void stop() {
    synchronized (tasks) {
      running = false;
    }
  }

  private void turn() throws InterruptedException {
    Runnable task = tasks.poll(TICK, TimeUnit.NANOSECONDS);
    while (task != null) {
      task.run();
      task = tasks.poll();
    }
    long now = ticker.getAsLong();
    kinds.values().forEach(state -> with(state, Reflector::check));
    Session present = session;
    if (present == null) {
      return; // Nobody listens yet.
    }
    if (connection == null && now - nextTry >= 0) {
      connect();
    }
    rereads.look(this::status, false);
    present.pump(kinds.values().stream().allMatch(KindState::isComplete));
    say(present, now);
  }

  private void say(Session present, long now) {
    SourceStatus status = status();
    SourceStatus before = said;
    boolean news =
        before == null
            || before.state() != status.state()
            || !before.problems().equals(status.problems());
    if (news || now - nextSaying >= 0) {
      nextSaying = now + SAY;
      said = status;
      present.say(status);
    }
  }

  private SourceStatus status() {
    Connection present = connection;
    if (kinds.isEmpty()) {
      return new SourceStatus(State.CONNECTING, settings.access().name(), List.of());
    }
    return StatusText.of(
        present == null ? settings.access().name() : present.server(),
        kinds.values(),
        settings,
        broken,
        Contact.age(lastContact, ticker.getAsLong()));
  }

  @Override
  public void close() {
    stop();
    thread.interrupt();
  }
}
