package io.sluice.api.datapath;

/** What a datapath tells the engine without being asked. Thread-safe; never blocks. */
public interface DatapathObserver {
  /** A denied packet was sampled. Best effort: may be rate-limited, and what is not told counts. */
  void denied(Denial denial);

  /**
   * The datapath's state changed: contact with the switch was lost or found again, an endpoint was
   * bound to a port. {@link Datapath#status} says what it is now.
   */
  void statusChanged();
}
