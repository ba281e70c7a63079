package io.sluice.drill;

import java.io.IOException;

/** The API server crashes and comes back after a while. */
final class ApiServerKilled implements Fault {
  @Override
  public String name() {
    return "apiserver-killed";
  }

  @Override
  public String what() {
    return "API server kill -9, back after 5 s, then one policy changed";
  }

  @Override
  public Source source() {
    return Source.API_SERVER;
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.api().kill();
    Pause.millis(5000);
    stage.api().restart();
    stage.change(Cast::swapGuest);
  }
}
