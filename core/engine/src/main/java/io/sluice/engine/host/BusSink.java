package io.sluice.engine.host;

import io.sluice.api.source.Batch;
import io.sluice.api.source.BatchSink;
import io.sluice.api.source.SessionClosedException;
import io.sluice.api.source.SourceStatus;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** The engine's end of a session as its source sees it. Thread-safe. */
final class BusSink implements BatchSink {
  /** An engine that has not answered for this long will not. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final EventBus bus;
  private final String address;
  private final long session;
  private final Loop loop;
  private final BiConsumer<Long, String> lost;
  private final DeliveryOptions options =
      new DeliveryOptions().setLocalOnly(true).setSendTimeout(PATIENCE.toMillis());

  /**
   * Makes one.
   *
   * @param lost told on the loop if an answer is lost, with the session and the reason
   */
  BusSink(EventBus bus, String address, long session, Loop loop, BiConsumer<Long, String> lost) {
    this.bus = bus;
    this.address = address;
    this.session = session;
    this.loop = loop;
    this.lost = lost;
  }

  @Override
  public CompletionStage<Void> send(Batch batch) {
    CompletableFuture<Void> credit = new CompletableFuture<>();
    bus.<Object>request(address, new Message.Sent(session, batch, loop.nanos()), options)
        .onComplete(reply -> credit.complete(null), failure -> refused(credit, batch, failure));
    return credit;
  }

  private void refused(CompletableFuture<Void> credit, Batch batch, Throwable failure) {
    String why = "session " + session + " has ended: " + Calls.text(failure);
    if (!(failure instanceof ReplyException reply)
        || reply.failureType() != ReplyFailure.RECIPIENT_FAILURE) {
      String lostAnswer = "batch " + batch.sequence() + " got no answer: " + Calls.text(failure);
      loop.run(() -> lost.accept(session, lostAnswer));
    }
    credit.completeExceptionally(new SessionClosedException(why));
  }

  @Override
  public void status(SourceStatus status) {
    bus.send(address, new Message.Said(session, status), options);
  }
}
