package io.sluice.datapath.ovs.openflow;

/** The switch refused a request (OFPT_ERROR). */
public final class OpenFlowErrorException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int type;
  private final int code;

  OpenFlowErrorException(String request, int type, int code) {
    super(request + ": " + OpenFlowErrors.describe(type, code));
    this.type = type;
    this.code = code;
  }

  /** OFPET_*. */
  public int type() {
    return type;
  }

  /** The code of that type. */
  public int code() {
    return code;
  }
}
