package io.sluice.engine.host;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The context of a verticle as a loop. */
final class VertxLoop implements Loop {
  private final Vertx vertx;
  private final Context context;
  private final LongSupplier ticker;

  VertxLoop(Vertx vertx, Context context, LongSupplier ticker) {
    this.vertx = vertx;
    this.context = context;
    this.ticker = ticker;
  }

  @Override
  public void run(Runnable task) {
    context.runOnContext(turn -> task.run());
  }

  @Override
  public Runnable after(Duration delay, Runnable task) {
    long timer = vertx.setTimer(Math.max(1, delay.toMillis()), id -> run(task));
    return () -> vertx.cancelTimer(timer);
  }

  @Override
  public long nanos() {
    return ticker.getAsLong();
  }
}
