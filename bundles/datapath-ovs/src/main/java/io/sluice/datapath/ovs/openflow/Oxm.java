package io.sluice.datapath.ovs.openflow;

/** OXM classes (OpenFlow 1.5.1 section 7.2.3.3, and nicira-ext.h). */
final class Oxm {
  /** NXM_NX: Nicira's extensions. */
  static final int NICIRA = 0x0001;

  /** OFPXMC_OPENFLOW_BASIC. */
  static final int BASIC = 0x8000;

  /** OFPXMC_PACKET_REGS: pairs of registers as one 64-bit field. */
  static final int PACKET_REGS = 0x8001;

  private Oxm() {}
}
