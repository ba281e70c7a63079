package io.sluice.datapath.ovs.openflow;

/**
 * A change of a meter with one band that drops (OFPT_METER_MOD).
 *
 * @param command what to do
 * @param id the meter, 1 to 0xffff0000
 * @param packetsPerSecond the rate
 * @param burst how many packets may come at once
 */
public record MeterMod(Command command, int id, int packetsPerSecond, int burst) {
  /** OFPMC_*. */
  public enum Command {
    ADD,
    MODIFY,
    DELETE
  }
}
