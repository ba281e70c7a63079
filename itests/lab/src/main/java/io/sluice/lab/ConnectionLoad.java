package io.sluice.lab;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** New TCP connections at a steady pace, each with an echoed byte; what became of each is kept. */
public final class ConnectionLoad {
  /**
   * One connection attempt.
   *
   * @param target what was tried
   * @param begun when, on the clock of {@link System#nanoTime}
   * @param ended when the outcome was known
   * @param outcome what became of it
   */
  public record Attempt(Probe target, long begun, long ended, Outcome outcome) {}

  private record Due(long deadline, Flight flight) {}

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int MOST = 200_000;

  private final List<Probe> targets;
  private final long intervalNanos;
  private final SourcePorts ports;
  private final Thread thread;
  private final List<Attempt> attempts = Collections.synchronizedList(new ArrayList<>());
  private final List<Long> begins = Collections.synchronizedList(new ArrayList<>());
  private final Set<Flight> flying = new HashSet<>();
  private volatile boolean stopping;
  private @Nullable IOException failure;

  ConnectionLoad(Host from, List<Probe> targets, int perSecond, SourcePorts ports) {
    this.targets = List.copyOf(targets);
    this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.ports = ports;
    this.thread = from.namespace().threads("load").newThread(this::run);
    thread.start();
  }

  /** Ends the load, waits for the connections under way, and answers what became of all. */
  public List<Attempt> stop() throws IOException {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while the load ends", e);
    }
    if (failure != null) {
      throw failure;
    }
    return List.copyOf(attempts);
  }

  /** The attempts whose outcome is known so far. */
  public List<Attempt> ended() {
    synchronized (attempts) {
      return List.copyOf(attempts);
    }
  }

  /**
   * When the first attempt after this moment was begun, on the clock of {@link System#nanoTime}.
   *
   * @throws LabException if there was none yet
   */
  public long firstBegunAfter(long moment) {
    synchronized (begins) {
      return begins.stream()
          .filter(begin -> begin > moment)
          .findFirst()
          .orElseThrow(() -> new LabException("no attempt was begun after that"));
    }
  }

  private void run() {
    Queue<Due> deadlines = new ArrayDeque<>();
    try (Selector selector = Selector.open()) {
      long start = System.nanoTime();
      long begun = 0;
      while (!flying.isEmpty() || !stopping) {
        long now = System.nanoTime();
        // Never more than a burst of 20 ms, so that a pause of this thread is no flood afterwards.
        long due = Math.min((now - start) / intervalNanos, begun + 20_000_000 / intervalNanos + 1);
        for (; begun < due && !stopping && begun < MOST; begun++) {
          begin(selector, targets.get((int) (begun % targets.size())), deadlines);
        }
        for (Due next = deadlines.peek();
            next != null && next.deadline() <= now;
            next = deadlines.peek()) {
          deadlines.remove();
          next.flight().timeout();
        }
        selector.select(1);
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isValid() && key.attachment() instanceof Flight flight) {
            flight.ready();
          }
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private void begin(Selector selector, Probe target, Queue<Due> deadlines) throws IOException {
    long now = System.nanoTime();
    Flight flight =
        new Flight(
            target,
            ports.open(target),
            (ended, outcome) -> {
              flying.remove(ended);
              attempts.add(new Attempt(target, now, System.nanoTime(), outcome));
            });
    flying.add(flight);
    begins.add(now);
    deadlines.add(new Due(now + PATIENCE_NANOS, flight));
    flight.begin(selector);
  }
}
