package io.sluice.drill;

import java.io.IOException;

/** The agent crashes and starts again while the API server is away. */
final class RestartWithoutApiServer implements Fault {
  @Override
  public String name() {
    return "restart-without-apiserver";
  }

  @Override
  public String what() {
    return "agent kill -9 and started again while the API server is dead; it comes back after 6 s,"
        + " then one policy changed";
  }

  @Override
  public Source source() {
    return Source.API_SERVER;
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.api().kill();
    stage.agent().kill();
    stage.agent().start();
    Pause.millis(6000);
    stage.api().restart();
    stage.change(Cast::swapGuest);
  }
}
