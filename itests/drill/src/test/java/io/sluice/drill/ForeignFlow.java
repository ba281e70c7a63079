package io.sluice.drill;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A flow of somebody else, above all of the agent's, written again and again for a while, because
 * the agent takes it away: what the agent did right does not count meanwhile.
 *
 * @param flow the flow, without table and priority
 */
record ForeignFlow(Function<Stage, String> flow) implements Fault {
  private static final String ABOVE = "table=0,priority=65535,cookie=0x77,";
  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  @Override
  public String name() {
    return "foreign-flow";
  }

  @Override
  public String what() {
    return "a foreign flow above all others";
  }

  @Override
  public void strike(Stage stage) throws IOException {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < NANOS) {
      stage.node().ofctl("add-flow", ABOVE + flow.apply(stage));
      Pause.millis(20);
    }
    stage.node().ofctl("del-flows", "cookie=0x77/-1");
  }
}
