package io.sluice.datapath.nftables;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one thread of the datapath. What is given to it after its end is for nobody. */
final class DatapathThread extends ScheduledThreadPoolExecutor {
  DatapathThread(ThreadFactory threads) {
    super(1, threads, new ThreadPoolExecutor.DiscardPolicy());
    setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Does something later; not if the thread has ended by then. */
  void later(Runnable task, long millis) {
    schedule(task, millis, TimeUnit.MILLISECONDS).state();
  }

  /** What a task failed with must not vanish in a future that nobody asks. */
  @Override
  protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
    Throwable failure = thrown;
    if (failure == null && task instanceof Future<?> future && future.isDone()) {
      try {
        future.get();
      } catch (ExecutionException e) {
        failure = e.getCause();
      } catch (CancellationException e) {
        failure = null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (failure != null) {
      System.getLogger(DatapathThread.class.getName())
          .log(System.Logger.Level.ERROR, "a task of the datapath failed", failure);
    }
  }
}
