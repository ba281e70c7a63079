package io.sluice.engine.host;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Calls into extensions, and their answers on the loop. */
final class Calls {
  private final Loop loop;

  Calls(Loop loop) {
    this.loop = loop;
  }

  /**
   * Calls an extension; one of the two is run on the loop, in a later turn.
   *
   * @param call what to call; an exception out of it counts as a failed stage
   */
  <T> void call(
      Supplier<? extends CompletionStage<T>> call,
      Consumer<? super T> done,
      Consumer<Throwable> failed) {
    CompletionStage<T> unused =
        guarded(call)
            .whenComplete(
                (value, failure) ->
                    loop.run(
                        () -> {
                          if (failure == null) {
                            done.accept(value);
                          } else {
                            failed.accept(cause(failure));
                          }
                        }));
  }

  /**
   * An extension that throws where its contract says "stage" must not stop the loop's turn; neither
   * must one that was compiled against another version of a package.
   */
  private static <T> CompletionStage<T> guarded(Supplier<? extends CompletionStage<T>> call) {
    try {
      return call.get();
    } catch (RuntimeException | LinkageError e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** The failure without the wrappers that stages put around it. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  /** What a failure says, for people. */
  static String text(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
