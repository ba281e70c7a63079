package io.sluice.datapath.ovs;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks for an echo every second, and tells when the other side has owed one for some seconds: a
 * process that is stopped keeps its sockets open.
 */
final class Heartbeat {
  private static final long EVERY_MILLIS = 1_000;
  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final DatapathThread executor;
  private final Supplier<CompletionStage<Void>> echo;
  private final BooleanSupplier alive;
  private final Consumer<Boolean> listener;
  private boolean outstanding;
  private boolean silent;
  private long asked;

  /**
   * Makes one.
   *
   * @param echo asks
   * @param alive whether the connection still is the one in use
   * @param listener told when there is silence, and when it has ended
   */
  Heartbeat(
      DatapathThread executor,
      Supplier<CompletionStage<Void>> echo,
      BooleanSupplier alive,
      Consumer<Boolean> listener) {
    this.executor = executor;
    this.echo = echo;
    this.alive = alive;
    this.listener = listener;
  }

  /** Begins, and goes on as long as the connection is alive. */
  void beat() {
    if (!alive.getAsBoolean()) {
      return;
    }
    executor.later(this::beat, EVERY_MILLIS);
    if (!outstanding) {
      outstanding = true;
      asked = System.nanoTime();
      echo.get()
          .whenCompleteAsync(
              (done, failure) -> {
                outstanding = false;
                if (failure == null) {
                  tell(false);
                }
              },
              executor);
    } else if (System.nanoTime() - asked > SILENT_NANOS) {
      tell(true);
    }
  }

  private void tell(boolean now) {
    if (now != silent && alive.getAsBoolean()) {
      silent = now;
      listener.accept(now);
    }
  }
}
