package io.sluice.itests.differential;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.kit.cluster.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DifferentialTest {
  private static final int CLUSTERS = 1000;

  /** Verdicts must be mixed: of a hundred, at least so many of each kind. */
  private static final int LEAST_SHARE = 15;

  @Test
  void engineAndDatapathDecideAsTheNaiveEvaluatorAfterEveryStep() throws InterruptedException {
    Seeds seeds = Seeds.fromProperty();
    Tally tally = new Tally();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<?>> stories = new ArrayList<>();
      Dice dice = new Dice(seeds.first());
      stories.add(workers.submit(() -> new Story(seeds.first(), tally).run()));
      for (int i = 1; i < CLUSTERS && !seeds.only(); i++) {
        long seed = dice.seed();
        stories.add(workers.submit(() -> new Story(seed, tally).run()));
      }
      for (Future<?> story : stories) {
        try {
          story.get();
        } catch (ExecutionException e) {
          workers.shutdownNow();
          throw new AssertionError("a story went wrong", e.getCause());
        }
      }
    }
    System.out.printf(
        "%,d verdicts of pods: %.0f %% denied, %.0f %% allowed by a policy%n",
        tally.total(), tally.deniedShare(), tally.policyShare());
    if (!seeds.only()) {
      assertTrue(tally.deniedShare() >= LEAST_SHARE, "too few denials to prove anything");
      assertTrue(tally.policyShare() >= LEAST_SHARE, "too few allows to prove anything");
    }
  }
}
