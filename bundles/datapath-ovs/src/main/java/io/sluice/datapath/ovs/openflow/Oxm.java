package io.sluice.datapath.ovs.openflow;

import java.util.Map;

/** OXM classes (OpenFlow 1.5.1 section 7.2.3.3, and nicira-ext.h). */
final class Oxm {
  /** NXM_NX: Nicira's extensions. */
  static final int NICIRA = 0x0001;

  /** OFPXMC_OPENFLOW_BASIC. */
  static final int BASIC = 0x8000;

  /** OFPXMC_PACKET_REGS: pairs of registers as one 64-bit field. */
  static final int PACKET_REGS = 0x8001;

  /** NXM_OF: what Nicira had before OXM; the switch still describes learned flows so. */
  static final int OLDEST = 0x0000;

  /** The fields whose type was another before OXM. */
  static final Map<Integer, Field> OLDER =
      Map.ofEntries(
          Map.entry(OLDEST << 7 | 1, Field.ETH_DST),
          Map.entry(OLDEST << 7 | 2, Field.ETH_SRC),
          Map.entry(OLDEST << 7 | 3, Field.ETH_TYPE),
          Map.entry(OLDEST << 7 | 6, Field.IP_PROTO),
          Map.entry(OLDEST << 7 | 7, Field.IPV4_SRC),
          Map.entry(OLDEST << 7 | 8, Field.IPV4_DST),
          Map.entry(OLDEST << 7 | 9, Field.TCP_SRC),
          Map.entry(OLDEST << 7 | 10, Field.TCP_DST),
          Map.entry(OLDEST << 7 | 11, Field.UDP_SRC),
          Map.entry(OLDEST << 7 | 12, Field.UDP_DST),
          Map.entry(NICIRA << 7 | 19, Field.IPV6_SRC),
          Map.entry(NICIRA << 7 | 20, Field.IPV6_DST));

  private Oxm() {}
}
