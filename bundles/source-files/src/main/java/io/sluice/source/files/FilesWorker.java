package io.sluice.source.files;

import io.sluice.api.resource.Change;
import io.sluice.api.source.BatchSink;
import io.sluice.api.source.PacedSession;
import io.sluice.api.source.SessionRequest;
import io.sluice.api.source.SourceSession;
import io.sluice.api.source.SourceStatus;
import io.sluice.api.source.SourceStatus.State;
import io.sluice.manifests.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The source's thread, and what lives on it: the directory and the open session. */
final class FilesWorker implements Executor, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FilesWorker.class.getName());

  /** How often, while contact is coming back. */
  private static final long RETURN_PERIOD = 50_000_000L;

  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final LongSupplier ticker;
  private final long period;
  private final Directory directory;
  private final Thread thread;
  private final AtomicLong sessions = new AtomicLong();
  private volatile boolean running = true;

  // Confined to the thread.
  private DirectoryWatch watch;
  private @Nullable PacedSession session;
  private long nextLook;
  private boolean lookNow;

  FilesWorker(Path path, Limits limits, LongSupplier ticker, InstantSource wall, Duration period) {
    this.ticker = ticker;
    this.period = period.toNanos();
    directory = new Directory(path, limits, wall, this::changed);
    thread = Thread.ofPlatform().daemon().name("sluice-files").unstarted(this::run);
    nextLook = ticker.getAsLong();
    watch = watch(path);
  }

  void start() {
    thread.start();
  }

  SourceSession open(SessionRequest request, BatchSink sink) {
    PacedSession opened =
        new PacedSession(request, sink, sessions.incrementAndGet(), this, this::reread);
    execute(
        () -> {
          session = opened;
          opened.say(new SourceStatus(State.CONNECTING, "reading " + directory.path(), List.of()));
          directory.resources().forEach(resource -> opened.add(new Change.Upsert(resource)));
          directory.claim(request.claimed());
          directory.reread();
        });
    return opened;
  }

  void move(Path path) {
    execute(
        () -> {
          if (!path.equals(directory.path())) {
            watch.close();
            watch = watch(path);
            directory.move(path);
            directory.reread();
          }
        });
  }

  private DirectoryWatch watch(Path path) {
    return new DirectoryWatch(
        path,
        DirectoryWatch.of(
            name -> tasks.add(() -> directory.touch(name, ticker.getAsLong())),
            () -> tasks.add(() -> lookNow = true)));
  }

  private void changed(Change change) {
    if (session != null) {
      session.add(change);
    }
  }

  private SourceStatus reread() {
    directory.reread();
    if (session != null) {
      session.pump(directory.isComplete());
    }
    return directory.status();
  }

  /**
   * Runs something on the thread.
   *
   * @throws RejectedExecutionException if the source has stopped
   */
  @Override
  public void execute(Runnable task) {
    synchronized (tasks) {
      if (!running) {
        throw new RejectedExecutionException("the source has stopped");
      }
      tasks.add(task);
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
        LOG.log(System.Logger.Level.ERROR, "reading " + directory.path() + " failed", e);
        if (session != null) {
          session.say(new SourceStatus(State.LOST, "internal error: " + e, List.of()));
        }
        nextLook = ticker.getAsLong() + period;
      }
    }
    tasks.forEach(Runnable::run);
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
    long now = ticker.getAsLong();
    long until = directory.due().map(due -> Math.min(due, nextLook)).orElse(nextLook);
    Runnable task = tasks.poll(Math.max(0, until - now), TimeUnit.NANOSECONDS);
    while (task != null) {
      task.run();
      task = tasks.poll();
    }
    now = ticker.getAsLong();
    if (session == null) {
      // Nobody listens yet; a session begins with a reading of everything.
      nextLook = now + period;
      return;
    }
    if (lookNow || now >= nextLook) {
      lookNow = false;
      watch.renew();
      directory.look(now);
      nextLook = now + (directory.isReturning() ? RETURN_PERIOD : period);
    }
    directory.work(now);
    session.pump(directory.isComplete());
    session.say(directory.status());
  }

  @Override
  public void close() {
    stop();
    thread.interrupt();
    watch.close();
  }
}
