package io.sluice.kit.source;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.source.BatchSink;
import io.sluice.api.source.EventSource;
import io.sluice.api.source.PacedSession;
import io.sluice.api.source.SessionRequest;
import io.sluice.api.source.SourceSession;
import io.sluice.api.source.SourceStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A source whose input is a map in memory. It reads the map on a thread of its own, so that its
 * timing is that of any other source.
 */
public final class MemorySource implements EventSource, AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().daemon().name("memory-source").unstarted(task));

  private final AtomicLong sessions = new AtomicLong();

  // Confined to the thread.
  private final Map<ResourceKey, Resource> input = new TreeMap<>();
  private final Map<ResourceKey, Problem> spoilt = new TreeMap<>();
  private final Map<ResourceKey, Resource> known = new TreeMap<>();
  private boolean contact = true;
  private boolean everRead;
  private @Nullable PacedSession session;

  /** Puts objects into the input; returns when the source has seen them. */
  public void put(Resource... resources) {
    run(
        () -> {
          for (Resource resource : resources) {
            input.put(resource.key(), resource);
            spoilt.remove(resource.key());
          }
        });
  }

  /** Takes objects out of the input. */
  public void remove(ResourceKey... keys) {
    run(
        () -> {
          for (ResourceKey key : keys) {
            input.remove(key);
            spoilt.remove(key);
          }
        });
  }

  /** Makes an object one that is refused; what was read of it before stays. */
  public void spoil(ResourceKey key, Problem problem) {
    run(() -> spoilt.put(key, problem));
  }

  /** Makes the input unreadable. */
  public void loseContact() {
    run(() -> contact = false);
  }

  /** Makes the input readable. */
  public void regainContact() {
    run(() -> contact = true);
  }

  private void run(Runnable change) {
    Future<?> done =
        thread.submit(
            () -> {
              change.run();
              SourceStatus unused = read();
            });
    try {
      done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }

  /** Compares the input with what is known, as any source does. */
  private SourceStatus read() {
    if (contact) {
      Map<ResourceKey, Resource> gone = new HashMap<>(known);
      input.forEach(
          (key, resource) -> {
            gone.remove(key);
            if (!spoilt.containsKey(key) && !resource.equals(known.put(key, resource))) {
              tell(new Change.Upsert(resource));
            }
          });
      gone.keySet()
          .forEach(
              key -> {
                known.remove(key);
                tell(new Change.Delete(key));
              });
      everRead = true;
    }
    SourceStatus status = status();
    if (session != null) {
      session.pump(everRead);
      session.say(status);
    }
    return status;
  }

  private void tell(Change change) {
    if (session != null) {
      session.add(change);
    }
  }

  private SourceStatus status() {
    if (!contact) {
      return new SourceStatus(SourceStatus.State.LOST, "the map is out of reach", List.of());
    }
    return spoilt.isEmpty()
        ? new SourceStatus(SourceStatus.State.SYNCED, known.size() + " objects", List.of())
        : new SourceStatus(
            SourceStatus.State.DEGRADED,
            spoilt.size() + " objects refused",
            List.copyOf(spoilt.values()));
  }

  @Override
  public SourceSession open(SessionRequest request, BatchSink sink) {
    PacedSession opened =
        new PacedSession(request, sink, sessions.incrementAndGet(), thread, this::read);
    thread.execute(
        () -> {
          session = opened;
          known.values().forEach(resource -> opened.add(new Change.Upsert(resource)));
          SourceStatus unused = read();
        });
    return opened;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
