package io.sluice.drill;

import io.sluice.lab.Lab;
import java.io.IOException;
import java.util.List;

/** The datapaths that the drill is held with. */
enum Backend {
  /** Pods on a bridge. */
  OVS {
    @Override
    Ground ground(Lab lab) throws IOException {
      return new SwitchGround(lab.node("n1", ADDRESSES));
    }
  },
  /** Pods behind interfaces of their own, on a node that routes. */
  NFTABLES {
    @Override
    Ground ground(Lab lab) throws IOException {
      return new RouterGround(lab.routedNode("n1", ADDRESSES));
    }
  };

  private static final List<String> ADDRESSES = List.of(Cast.NODE_V4, Cast.NODE_V6);

  /** Makes a node. */
  abstract Ground ground(Lab lab) throws IOException;
}
