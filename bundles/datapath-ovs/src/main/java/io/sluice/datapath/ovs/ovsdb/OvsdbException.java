package io.sluice.datapath.ovs.ovsdb;

/** The database refused a request (RFC 7047 sections 3.1 and 4.1.3). */
public final class OvsdbException extends Exception {
  private static final long serialVersionUID = 1L;

  OvsdbException(String message) {
    super(message);
  }
}
