package io.sluice.drill;

import java.io.IOException;

/** The API server hangs: its connections stay, and nobody answers. */
final class ApiServerPaused implements Fault {
  @Override
  public String name() {
    return "apiserver-paused";
  }

  @Override
  public String what() {
    return "API server SIGSTOP for 10 s, then one policy changed";
  }

  @Override
  public Source source() {
    return Source.API_SERVER;
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.api().pause();
    try {
      Pause.millis(10_000);
    } finally {
      stage.api().resume();
    }
    stage.change(Cast::swapGuest);
  }
}
