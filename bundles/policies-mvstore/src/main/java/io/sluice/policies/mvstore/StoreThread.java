package io.sluice.policies.mvstore;

import io.sluice.api.resource.Problem;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.store.FencedException;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.StoreStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that touches a file. What has queued up while it was at the disk is taken as a
 * group, with one forced write for all of it; a stage completes when its batch is on the disk.
 * After a failure the file is closed, and opened again for the next task.
 */
final class StoreThread {
  private static final int GROUP = 256;
  private static final long CLOSE_SECONDS = 5;

  private sealed interface Task {
    record Write(StoreBatch batch, long fence, CompletableFuture<Void> done) implements Task {}

    record Read<T>(Function<Replica, T> question, CompletableFuture<T> answer) implements Task {
      void answer(Replica replica) {
        answer.complete(question.apply(replica));
      }
    }

    record Close() implements Task {}
  }

  private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>();
  private final CopyOpener opener;
  private final boolean numbered;
  private final Predicate<ResourceKey> belongs;
  private final Thread thread;
  private volatile StoreStatus status = StoreStatus.NOTHING;

  // What follows is confined to the thread.
  private final List<CompletableFuture<Void>> applied = new ArrayList<>();
  private @Nullable CopyFile file;
  private long newestFence = Long.MIN_VALUE;

  /**
   * Starts one.
   *
   * @param name what the store is called, for the thread
   * @param numbered whether what is put gets an id
   * @param belongs which objects the store takes
   */
  StoreThread(String name, CopyOpener opener, boolean numbered, Predicate<ResourceKey> belongs) {
    this.opener = opener;
    this.numbered = numbered;
    this.belongs = belongs;
    thread = Thread.ofPlatform().name("sluice-copy-" + name).daemon().start(this::run);
  }

  CompletionStage<Void> apply(StoreBatch batch, long fence) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    queue.add(new Task.Write(batch, fence, done));
    return done;
  }

  <T> CompletionStage<T> read(Function<Replica, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    queue.add(new Task.Read<>(question, answer));
    return answer;
  }

  StoreStatus status() {
    return status;
  }

  /** Ends the thread after what is queued. */
  void close() throws InterruptedException {
    queue.add(new Task.Close());
    thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
  }

  private void run() {
    List<Task> group = new ArrayList<>();
    boolean closing = false;
    while (!closing) {
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        continue; // Only close() ends it: an interrupt would close the file in the middle.
      }
      queue.drainTo(group, GROUP);
      closing = group.stream().anyMatch(task -> task instanceof Task.Close);
      serve(group);
      group.clear();
    }
    shut();
    try {
      opener.close();
    } catch (IOException e) {
      // The lock goes with the process.
    }
  }

  private void serve(List<Task> group) {
    try {
      CopyFile open = opened(group.stream().anyMatch(task -> task instanceof Task.Write));
      for (Task task : group) {
        switch (task) {
          case Task.Write write -> take(open, write);
          case Task.Read<?> read -> {
            settle(open);
            read.answer(open.replica());
          }
          case Task.Close() -> {}
        }
      }
      settle(open);
      if (open.writable()) {
        open.tidy();
      }
      told(open);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // Whatever MVStore throws, the file is opened anew; nothing that was acknowledged is lost.
      shut();
      IOException failure =
          e instanceof IOException known
              ? known
              : new UnavailableException("the copy fails: " + CopyFile.reason(e), e);
      fail(group, failure);
    }
  }

  private CopyFile opened(boolean toWrite) throws IOException {
    if (toWrite && file != null && !file.writable()) {
      shut(); // Perhaps it can be written by now.
    }
    CopyFile open = file;
    if (open == null) {
      open = opener.open();
      file = open;
      told(open);
    }
    return open;
  }

  private void take(CopyFile open, Task.Write write) throws IOException {
    if (write.fence() < newestFence) {
      write.done().completeExceptionally(new FencedException(write.fence(), newestFence));
      return;
    }
    for (StoreChange change : write.batch().changes()) {
      if (!belongs.test(change.key())) {
        write
            .done()
            .completeExceptionally(
                new IllegalArgumentException(change.key() + " does not belong into this store"));
        return;
      }
    }
    if (!open.writable()) {
      throw new UnavailableException(opener.whyReadOnly());
    }
    try {
      open.replica().apply(write.batch(), numbered);
      newestFence = write.fence();
      applied.add(write.done());
    } catch (IllegalStateException | IllegalArgumentException refused) {
      write.done().completeExceptionally(refused);
    }
  }

  /** Brings what was applied to the disk, and says so. */
  private void settle(CopyFile open) throws IOException {
    if (!applied.isEmpty()) {
      open.commit();
      applied.forEach(done -> done.complete(null));
      applied.clear();
    }
  }

  private void fail(List<Task> group, IOException failure) {
    applied.clear();
    for (Task task : group) {
      switch (task) {
        case Task.Write write -> write.done().completeExceptionally(failure);
        case Task.Read<?> read -> read.answer().completeExceptionally(failure);
        case Task.Close() -> {}
      }
    }
  }

  private void shut() {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  private void told(CopyFile open) {
    List<Problem> problems = opener.problems();
    status =
        new StoreStatus(
            String.format(
                Locale.ROOT,
                "%s, %.1f MB, %d objects",
                opener.path(),
                open.size() / 1e6,
                open.replica().count()),
            problems);
  }
}
