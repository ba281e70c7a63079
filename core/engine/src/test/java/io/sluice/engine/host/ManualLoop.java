package io.sluice.engine.host;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A loop that turns when the test says so, with a clock that the test moves. */
final class ManualLoop implements Loop {
  private record Timer(long due, long number, Runnable task) {}

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
  private long now = 1;
  private long numbers;

  @Override
  public void run(Runnable task) {
    tasks.add(task);
  }

  @Override
  public Runnable after(Duration delay, Runnable task) {
    Timer timer = new Timer(now + delay.toNanos(), numbers++, task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  @Override
  public long nanos() {
    return now;
  }

  /** Runs everything that is waiting, and what comes of it. */
  void turn() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Lets time pass, running timers as they fall due. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    turn();
    for (Timer next = timers.peek(); next != null && next.due() <= end; next = timers.peek()) {
      timers.remove(next);
      now = next.due();
      next.task().run();
      turn();
    }
    now = end;
  }

  /** How long until the next timer falls due; negative if there is none. */
  Duration untilNext() {
    Timer next = timers.peek();
    return next == null ? Duration.ofNanos(-1) : Duration.ofNanos(next.due() - now);
  }
}
