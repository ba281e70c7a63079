package io.sluice.datapath.ovs.openflow;

/** What the switch sent is not OpenFlow 1.5 as it is defined; the connection cannot go on. */
final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedException(String message) {
    super(message);
  }
}
