package io.sluice.drill;

import java.io.IOException;

/** The agent crashes and starts again while its source is away. */
final class RestartWithoutSource implements Fault {
  @Override
  public String name() {
    return "restart-without-source";
  }

  @Override
  public String what() {
    return "agent kill -9 and started again while the directory of manifests is away; it comes back"
        + " after 5 s, one policy changed";
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.manifests().takeAway();
    stage.agent().kill();
    stage.agent().start();
    Pause.millis(5000);
    stage.change(
        manifests -> {
          Cast.swapGuest(manifests);
          stage.manifests().bringBack();
        });
  }
}
