package io.sluice.datapath.nftables.wire;

/** A command, or something in it, is not among those that are understood here. */
final class UnknownCommandException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownCommandException(String what) {
    super(what);
  }
}
