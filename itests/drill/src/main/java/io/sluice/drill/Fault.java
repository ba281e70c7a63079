package io.sluice.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Something that goes wrong around or inside the agent. */
interface Fault {
  /** One word or a few with hyphens, by which it is chosen. */
  String name();

  /** What is done, for the table. */
  String what();

  /**
   * Does it, while all the load is on, and returns when it is over: when nothing stands in the way
   * of recovery any more. Whatever it changes in the inputs it changes through {@link
   * Stage#change}.
   */
  void strike(Stage stage) throws IOException;

  /** What the agent follows. */
  default Source source() {
    return Source.DIRECTORY;
  }

  /** With which datapaths it can be. */
  default Set<Backend> backends() {
    return EnumSet.allOf(Backend.class);
  }

  /**
   * How long what may not pass may pass after the strike, because somebody took the rules away: the
   * agent has promised to notice within a second.
   */
  default Duration pardon() {
    return Duration.ZERO;
  }

  /** How the agent is started. */
  default Launch launch() {
    return Launch.PLAIN;
  }

  /** After how long without recovery it counts as never recovered. */
  default Duration patience() {
    return Duration.ofSeconds(60);
  }
}
