package io.sluice.drill;

import java.io.IOException;

/** The agent is stopped as by a service manager, and started again. */
final class AgentStopped implements Fault {
  @Override
  public String name() {
    return "agent-stopped";
  }

  @Override
  public String what() {
    return "agent stopped (SIGTERM), a policy changed meanwhile, started again";
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.agent().stop();
    stage.change(Cast::swapGuest);
    Pause.millis(500);
    stage.agent().start();
  }
}
