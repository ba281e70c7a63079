package io.sluice.datapath.ovs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The revisions that were asked for and are not acknowledged. Confined to one thread. */
final class Outstanding {
  private record Pending(long revision, CompletableFuture<Void> done) {}

  private final List<Pending> pending = new ArrayList<>();

  /** A revision is asked for; the stage completes with {@link #reached}. */
  CompletionStage<Void> ask(long revision) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    pending.add(new Pending(revision, done));
    return done;
  }

  /** This revision is acknowledged, and with it the earlier ones. */
  void reached(long revision) {
    end(each -> each.revision <= revision, done -> done.complete(null));
  }

  /** None of them will be reached. */
  void fail(Throwable cause) {
    end(each -> true, done -> done.completeExceptionally(cause));
  }

  /** Nobody wants them any more. */
  void cancel() {
    end(each -> true, done -> done.cancel(false));
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** Takes them out first: who is told may ask for the next. */
  private void end(Predicate<Pending> which, Consumer<CompletableFuture<Void>> how) {
    List<Pending> ended = pending.stream().filter(which).toList();
    pending.removeAll(ended);
    ended.forEach(each -> how.accept(each.done));
  }
}
