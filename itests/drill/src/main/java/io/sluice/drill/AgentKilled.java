package io.sluice.drill;

import java.io.IOException;

/** The agent crashes, a policy changes while it is down, and it is started again. */
final class AgentKilled implements Fault {
  @Override
  public String name() {
    return "agent-killed";
  }

  @Override
  public String what() {
    return "agent kill -9, a policy changed meanwhile, started again";
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.agent().kill();
    Pause.millis(500);
    stage.change(Cast::swapGuest);
    Pause.millis(500);
    stage.agent().start();
  }
}
