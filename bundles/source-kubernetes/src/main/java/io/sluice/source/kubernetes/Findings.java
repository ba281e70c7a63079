package io.sluice.source.kubernetes;

import io.sluice.manifests.ApiEvent;
import io.sluice.manifests.ApiItem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes what reflectors find to the worker's thread, and enters it there. */
final class Findings implements ReflectorListener {
  private final Worker worker;
  private final Function<Reflector, @Nullable KindState> states;

  /**
   * Makes one.
   *
   * @param states the state of a reflector's kind, or null if the reflector counts no more; called
   *     on the worker's thread
   */
  Findings(Worker worker, Function<Reflector, @Nullable KindState> states) {
    this.worker = worker;
    this.states = states;
  }

  /** Runs something on the worker's thread, and waits for it. */
  private <T> T call(Reflector reflector, T otherwise, Function<KindState, T> action)
      throws InterruptedException {
    CompletableFuture<T> done = new CompletableFuture<>();
    boolean offered =
        worker.offer(
            () -> {
              KindState state = states.apply(reflector);
              try {
                done.complete(state == null ? otherwise : action.apply(state));
              } catch (RuntimeException e) {
                done.completeExceptionally(e);
              }
            });
    if (!offered) {
      return otherwise;
    }
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("what was found can't be entered", e.getCause());
    }
  }

  private void tell(Reflector reflector, Consumer<KindState> action) throws InterruptedException {
    boolean unused =
        call(
            reflector,
            true,
            state -> {
              action.accept(state);
              return true;
            });
  }

  @Override
  public void found(Reflector reflector, Collection collection) throws InterruptedException {
    // Not an answer: the collections of well-known kinds are found without a question.
    tell(
        reflector,
        state -> {
          state.collection = collection;
          state.absent = false;
        });
  }

  @Override
  public void absent(Reflector reflector) throws InterruptedException {
    worker.heard();
    tell(
        reflector,
        state -> {
          state.absent = true;
          state.failure = null;
          state.ended = state.begun;
        });
  }

  @Override
  public void listBegins(Reflector reflector) throws InterruptedException {
    tell(
        reflector,
        state -> {
          state.begun++;
          state.inventory.begin();
        });
  }

  @Override
  public void listed(Reflector reflector, List<ApiItem> items) throws InterruptedException {
    worker.heard();
    tell(reflector, state -> items.forEach(state.inventory::take));
  }

  @Override
  public boolean wouldEmpty(Reflector reflector) throws InterruptedException {
    return call(reflector, false, state -> state.inventory.size() > 0);
  }

  @Override
  public void listEnds(Reflector reflector, String resourceVersion) throws InterruptedException {
    tell(
        reflector,
        state -> {
          state.inventory.end();
          state.version = resourceVersion;
          state.listed = true;
          state.failure = null;
          state.ended = state.begun;
        });
  }

  @Override
  public void watching(Reflector reflector) throws InterruptedException {
    worker.heard();
    tell(reflector, state -> state.failure = null);
  }

  @Override
  public void event(Reflector reflector, ApiEvent event) throws InterruptedException {
    worker.heard();
    tell(reflector, state -> enter(state, event));
  }

  private static void enter(KindState state, ApiEvent event) {
    switch (event) {
      case ApiEvent.Changed(ApiItem item, String version) -> {
        state.inventory.take(item);
        state.version = version;
      }
      case ApiEvent.Deleted(var key, String version) -> {
        state.inventory.remove(key);
        state.version = version;
      }
      case ApiEvent.Bookmark(String version) -> state.version = version;
      case ApiEvent.Failed failed -> {
        // Said by the reflector, when it has asked again.
      }
    }
  }

  @Override
  public void failed(Reflector reflector, Failure failure) throws InterruptedException {
    if (failure.status() != Failure.NO_ANSWER) {
      worker.heard();
    }
    tell(
        reflector,
        state -> {
          state.failure = failure;
          state.ended = state.begun;
        });
  }
}
