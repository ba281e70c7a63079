package io.sluice.drill;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Agent and switch come back after a crash, with nothing of what they had in memory, while the
 * source is away: only the agent's durable copy can say what is right.
 */
final class NodeRestarted implements Fault {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  @Override
  public String name() {
    return "node-restarted";
  }

  @Override
  public String what() {
    return "agent and ovs-vswitchd kill -9 and started again while the directory of manifests is"
        + " away; it comes back when everything passes, one policy changed";
  }

  @Override
  public Set<Backend> backends() {
    return EnumSet.of(Backend.OVS);
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.manifests().takeAway();
    long begun = System.nanoTime();
    stage.agent().kill();
    stage.node().killSwitch();
    Pause.millis(500);
    stage.node().startSwitch();
    stage.agent().start();
    long started = System.nanoTime();
    Judge judge = new Judge(stage.timeline());
    // Until connections were lost, nothing can come back.
    Pause.millis(4000);
    while (judge.passing(stage.load().attempts(), begun).isEmpty()
        && System.nanoTime() - started < PATIENCE) {
      Pause.millis(100);
    }
    judge
        .passing(stage.load().attempts(), begun)
        .ifPresentOrElse(
            moment ->
                stage.note(
                    "passed again "
                        + TimeUnit.NANOSECONDS.toMillis(moment - started)
                        + " ms after the start, from the durable copy"),
            () -> stage.failed("without its source the agent enforced nothing"));
    stage.change(
        objects -> {
          Cast.swapGuest(objects);
          stage.manifests().bringBack();
        });
  }
}
