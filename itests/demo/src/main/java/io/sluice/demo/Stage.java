package io.sluice.demo;

import io.sluice.lab.agent.Agent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Where the story plays: on real packets, or in memory. */
interface Stage extends AutoCloseable {
  /** What it is, for people. */
  String description();

  /** What shows a change: a packet, or an answer. */
  String witness();

  /** Starts the agent; it follows this directory. */
  Agent start(ManifestDirectory manifests) throws IOException;

  /** Asks all of it and answers what got through. */
  Map<Question, Boolean> measure(List<Question> questions) throws IOException;

  /** Begins to ask this again and again. */
  Watch watch(Question question) throws IOException;

  @Override
  void close() throws IOException;

  /** Asks one thing again and again. */
  interface Watch {
    /**
     * Waits until the answer has changed for good.
     *
     * @param since the moment of the change that should make it so
     * @param open what the answer becomes
     * @return how long after that moment the first packet showed it
     */
    Duration until(long since, boolean open) throws IOException;
  }
}
