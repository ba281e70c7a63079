package io.sluice.demo;

import io.sluice.lab.ConnectionLoad;
import io.sluice.lab.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds the first packet that shows a change, among new connections that are opened all the time.
 *
 * <p>For something that opens it is the first echo. For something that closes it is the first
 * connection that was never answered although it was begun after every one that was.
 *
 * @param load the connections
 * @param since when the change was made
 * @param open whether something opens
 */
record PacketWatch(ConnectionLoad load, long since, boolean open) {
  private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(700);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  Duration await() {
    long deadline = System.nanoTime() + PATIENCE;
    while (System.nanoTime() < deadline) {
      Pause.millis(20);
      List<ConnectionLoad.Attempt> answered =
          load.ended().stream().filter(attempt -> attempt.outcome() == Outcome.ANSWERED).toList();
      if (open) {
        var first = answered.stream().filter(a -> a.ended() > since).findFirst();
        if (first.isPresent()) {
          return Duration.ofNanos(first.get().ended() - since);
        }
        continue;
      }
      long last = since;
      for (ConnectionLoad.Attempt attempt : answered) {
        last = Math.max(last, attempt.begun());
      }
      if (System.nanoTime() - last > QUIET) {
        return Duration.ofNanos(load.firstBegunAfter(last) - since);
      }
    }
    throw new DemoException("the change did not show within 30 seconds");
  }
}
