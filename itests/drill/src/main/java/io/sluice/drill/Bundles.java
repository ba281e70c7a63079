package io.sluice.drill;

import io.sluice.lab.agent.Agent;
import io.sluice.lab.agent.Answer;
import java.io.IOException;

/**
 * Bundles of a running agent, stopped and started as an operator would: {@code sluice exec}.
 *
 * @param agent the agent
 */
record Bundles(Agent agent) {
  /** What happens in between. */
  @FunctionalInterface
  interface Meanwhile {
    void happen() throws IOException;
  }

  /** Stops a bundle, and starts it again after a second. */
  void restart(String symbolicName, Meanwhile meanwhile) throws IOException {
    String bundle = bundle(symbolicName);
    exec(bundle + " stop");
    meanwhile.happen();
    Pause.millis(1000);
    exec(bundle + " start");
  }

  /** Updates a bundle from where it came from. */
  void update(String symbolicName) throws IOException {
    exec(bundle(symbolicName) + " update");
  }

  /**
   * A Gogo expression for it; its line in the list is {@code id|state|level|name (version)|...}.
   */
  private String bundle(String symbolicName) throws IOException {
    return exec("felix:lb -s")
        .lines()
        .filter(line -> line.contains("|" + symbolicName + " ("))
        .map(line -> line.substring(0, line.indexOf('|')).strip())
        .map(id -> "($.context getBundle " + id + ")")
        .findFirst()
        .orElseThrow(() -> new DrillException("no bundle " + symbolicName));
  }

  private String exec(String command) throws IOException {
    Answer answer = agent.exec(command);
    if (answer.status() != 0) {
      throw new DrillException("'" + command + "' failed: " + answer.text());
    }
    return answer.text();
  }
}
