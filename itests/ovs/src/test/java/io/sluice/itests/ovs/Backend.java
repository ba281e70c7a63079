package io.sluice.itests.ovs;

import io.sluice.lab.Lab;
import java.io.IOException;
import java.util.List;

/** The backends that are proved by the same packets. */
enum Backend {
  /** Pods on a bridge. */
  OPEN_VSWITCH {
    @Override
    Stage stage(Lab lab, List<String> addresses) throws IOException {
      return new SwitchStage(lab.node("n1", addresses));
    }
  },
  /** Pods behind interfaces of their own, on a node that routes. */
  NFTABLES {
    @Override
    Stage stage(Lab lab, List<String> addresses) throws IOException {
      return new RouterStage(lab.routedNode("n1", addresses));
    }
  };

  /** Makes a node of this kind. */
  abstract Stage stage(Lab lab, List<String> addresses) throws IOException;
}
