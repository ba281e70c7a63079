package io.sluice.itests.ovs;

import io.sluice.api.datapath.Datapath;
import io.sluice.lab.Host;
import io.sluice.lab.Mac;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The node of the laboratory that a proof plays on, with the means of its backend. */
interface Stage {
  /** The node as somebody to send packets from and to. */
  Host host();

  /** Adds pods. */
  List<Pod> addPods(List<PodSpec> specs) throws IOException;

  /** Adds the host that everybody beyond is. */
  Pod addOutsider(String name, String... addresses) throws IOException;

  /** Fails if the laboratory can't be trusted to carry nothing past the backend. */
  void test(Pod from) throws IOException;

  /** Takes away what the test of the laboratory has left. */
  void clear() throws IOException;

  /**
   * Makes the datapath.
   *
   * @param options keys besides those that the laboratory needs
   * @param outside the host beyond
   */
  Datapath begin(Map<String, String> options, Pod outside);

  /** Changes the keys of a datapath that was made here. */
  void configure(Datapath datapath, Map<String, String> options, Pod outside);

  /** Ends a datapath that was made here. */
  void end(Datapath datapath);

  /** Whom frames from one pod to another are addressed to on the link. */
  Mac nextHop(Pod from, Pod to) throws IOException;

  /** Forgets all connections, as a crash would. */
  void flushConnections() throws IOException;
}
