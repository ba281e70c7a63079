package io.sluice.datapath.ovs.openflow;

/**
 * A packet that a flow sent to the controller (OFPT_PACKET_IN).
 *
 * @param cookie the flow's cookie
 * @param table the table that the flow is in
 * @param totalLength how long the packet is; {@code packet} may be cut
 * @param metadata its port of entry ({@link Field#IN_PORT}), registers and connection state
 * @param packet the Ethernet frame, from its beginning
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PacketIn(long cookie, int table, int totalLength, Match metadata, byte[] packet) {
  /** The port by which it came in. */
  public int inPort() {
    return metadata
        .field(Field.IN_PORT)
        .map(field -> (int) field.value().low())
        .orElse(PortNumber.ANY);
  }
}
