package io.sluice.datapath.ovs;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.net.IpAddress;
import java.util.List;

/**
 * Which addresses an endpoint holds. Where two endpoints of this node claim one address, a packet
 * must pass the rules of both: each has a place of its own in the order of the address's holders,
 * and the policy tables are run once for each.
 *
 * @param endpoint the endpoint
 * @param places its addresses
 */
record Holding(EndpointId endpoint, List<Place> places) {
  /**
   * One of its addresses.
   *
   * @param address the address
   * @param holder the endpoint's place among those that hold it, from 0
   */
  record Place(IpAddress address, int holder) {}

  /** Copies the list. */
  Holding {
    places = List.copyOf(places);
  }
}
