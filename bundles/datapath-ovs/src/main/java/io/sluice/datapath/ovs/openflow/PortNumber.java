package io.sluice.datapath.ovs.openflow;

/** Port numbers with a meaning (OFPP_*, OpenFlow 1.5.1 section 7.2.1.3). */
public final class PortNumber {
  /** The highest number that an ordinary port can have. */
  public static final int MAX = 0xffffff00;

  /** Back out of the port by which the packet came in. */
  public static final int IN_PORT = 0xfffffff8;

  /** As an ordinary learning switch would. */
  public static final int NORMAL = 0xfffffffa;

  /** All ports but the one by which the packet came in and those that do not flood. */
  public static final int FLOOD = 0xfffffffb;

  /** To the controllers, as packet-in. */
  public static final int CONTROLLER = 0xfffffffd;

  /** The port of the bridge itself. */
  public static final int LOCAL = 0xfffffffe;

  /** No port. */
  public static final int ANY = 0xffffffff;

  private PortNumber() {}

  static String text(int port) {
    return switch (port) {
      case IN_PORT -> "in_port";
      case NORMAL -> "NORMAL";
      case FLOOD -> "FLOOD";
      case CONTROLLER -> "controller";
      case LOCAL -> "LOCAL";
      case ANY -> "ANY";
      default -> Integer.toUnsignedString(port);
    };
  }
}
