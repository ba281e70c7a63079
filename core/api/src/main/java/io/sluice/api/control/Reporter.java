package io.sluice.api.control;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A part of the agent that is no extension point and wants to be seen in the status: an endpoint
 * that listens, a log that is written. Register an implementation as an OSGi service; the engine
 * binds all of them, and shows what they report among the components, their problems included.
 */
@ConsumerType
public interface Reporter {
  /** How it is now. Called on the engine's loop, often: returns at once and never blocks. */
  Component report();
}
