package io.sluice.drill;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connections that live on, all of them on one thread. */
final class Streams implements AutoCloseable {
  /** How often whoever speaks does so. */
  static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Selector selector = Selector.open();
  private final List<LongStream> streams;
  private final Thread thread = Thread.ofPlatform().daemon().name("streams").unstarted(this::run);
  private volatile boolean stopping;
  private @Nullable IOException failure;

  /** Opens them; they must be allowed at this time. */
  Streams(List<LongStream> streams) throws IOException {
    this.streams = List.copyOf(streams);
    for (LongStream stream : streams) {
      stream.open(selector);
    }
    thread.start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (streams.stream().anyMatch(stream -> stream.heard().size() < 3)) {
      if (System.nanoTime() > deadline) {
        List<LongStream> dead = streams.stream().filter(s -> s.heard().size() < 3).toList();
        close();
        throw new DrillException("streams that never lived: " + dead);
      }
      Pause.millis(20);
    }
  }

  List<LongStream> all() {
    return streams;
  }

  private void run() {
    long next = System.nanoTime();
    try {
      while (!stopping) {
        long now = System.nanoTime();
        if (now - next >= 0) {
          streams.forEach(LongStream::tick);
          // After a pause of this thread it goes on at its pace and makes up for nothing.
          next = Math.max(next + TICK_NANOS, now);
        }
        selector.select(
            key -> stream(key).ready(key, selector),
            Math.max(1, TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime())));
      }
    } catch (ClosedSelectorException e) {
      // the end
    } catch (IOException e) {
      failure = e;
    }
  }

  private static LongStream stream(SelectionKey key) {
    return (LongStream) key.attachment();
  }

  @Override
  public void close() throws IOException {
    stopping = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException("interrupted", e);
    }
    for (LongStream stream : streams) {
      stream.close();
    }
    selector.close();
    if (failure != null) {
      throw failure;
    }
  }
}
