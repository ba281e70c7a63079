package io.sluice.api.event;

/**
 * A revision is in force: the chosen datapath has acknowledged it and no cached decision of an
 * older one is left.
 *
 * @param revision the revision; those before it that were not published are contained in it
 * @param datapath the datapath's name
 * @param enforcing whether that datapath enforces
 * @param nanos the time since the first event that is contained in it and in no earlier one in
 *     force was sent by its source; 0 if no event led to it
 */
public record InForce(long revision, String datapath, boolean enforcing, long nanos) {
  /** The address on the bus. */
  public static final String ADDRESS = "sluice.event.in-force";
}
