package io.sluice.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Puts something in front of the command that starts the agent. */
@FunctionalInterface
interface Launch {
  /** The command as it is. */
  Launch PLAIN = (command, folder) -> command;

  /**
   * The command to run instead.
   *
   * @param command what starts the agent
   * @param folder the agent's own folder
   */
  List<String> wrap(List<String> command, Path folder) throws IOException;
}
