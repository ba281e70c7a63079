package io.sluice.engine.core;

import io.sluice.api.control.Decision;
import io.sluice.api.control.Verdict;

/** The verdict of one side of a packet; says why only when it is asked. */
public interface Ruling {
  /** The verdict. */
  Verdict verdict();

  /** What decided. */
  Decision.Reason reason();

  /** As {@link Decision#by}. */
  String by();

  /** All of it, with the texts for people. */
  Decision decision();
}
