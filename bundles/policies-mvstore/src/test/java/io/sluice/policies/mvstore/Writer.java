package io.sluice.policies.mvstore;

import io.sluice.api.store.StoreSnapshot;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A process that writes without end, several batches at a time, and prints the position of each
 * batch that was acknowledged. It goes on where the store stands, or begins an epoch.
 */
final class Writer {
  private static final int OUTSTANDING = 6;

  private record Sent(long epoch, long sequence, CompletableFuture<Void> done) {}

  private Writer() {}

  /** Arguments: the directory, the first epoch to begin, a seed, the floor. */
  public static void main(String[] args) {
    Path directory = Path.of(args[0]);
    long nextEpoch = Long.parseLong(args[1]);
    Random random = new Random(Long.parseLong(args[2]));
    MvPolicyStore store = new MvPolicyStore(directory, Formats.ALL, Long.parseLong(args[3]));
    StoreSnapshot snapshot = store.snapshot().toCompletableFuture().join();
    long epoch = snapshot.epoch();
    long sequence = snapshot.sequence();
    PrintStream out = System.out;
    Deque<Sent> sent = new ArrayDeque<>();
    while (true) {
      if (epoch == 0 || random.nextInt(40) == 0) {
        epoch = nextEpoch++;
        sequence = 0;
      }
      sequence++;
      sent.add(
          new Sent(
              epoch,
              sequence,
              store.apply(History.batch(epoch, sequence), 1).toCompletableFuture()));
      if (sent.size() == OUTSTANDING) {
        Sent oldest = sent.remove();
        oldest.done().join();
        out.println(oldest.epoch() + " " + oldest.sequence());
        out.flush();
      }
    }
  }
}
