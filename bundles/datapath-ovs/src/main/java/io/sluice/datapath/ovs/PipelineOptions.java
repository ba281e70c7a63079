package io.sluice.datapath.ovs;

import io.sluice.api.net.Cidr;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the configuration says about the flows.
 *
 * @param layout where the tables are
 * @param zone the zone of connection tracking that is ours
 * @param finalAction what becomes of packets that go to no pod of this node
 * @param recheck whether packets of established connections are judged too
 * @param pickup whether TCP connections may begin in the middle
 * @param unknownAllowed whether ports without binding may send and receive
 * @param podRanges blocks that no uplink's packets may come from
 * @param sampling whether denied packets are sampled
 * @param carry another zone that connections are remembered in as well, in preparation of a move
 * @param sctpPortless whether connection tracking knows no ports of SCTP, as in userspace
 */
record PipelineOptions(
    Layout layout,
    int zone,
    FinalAction finalAction,
    boolean recheck,
    boolean pickup,
    boolean unknownAllowed,
    List<Cidr> podRanges,
    boolean sampling,
    OptionalInt carry,
    boolean sctpPortless) {
  /** Copies the list. */
  PipelineOptions {
    podRanges = List.copyOf(podRanges);
  }

  /** The same, for a switch that can or can't do this. */
  PipelineOptions on(boolean samples, boolean portless) {
    return new PipelineOptions(
        layout,
        zone,
        finalAction,
        recheck,
        pickup,
        unknownAllowed,
        podRanges,
        samples,
        carry,
        portless);
  }

  /** The same while connections are tracked in one zone and are to be known in another. */
  PipelineOptions tracking(int now, OptionalInt next) {
    return new PipelineOptions(
        layout,
        now,
        finalAction,
        recheck,
        pickup,
        unknownAllowed,
        podRanges,
        sampling,
        next,
        sctpPortless);
  }

  Verdicts verdicts() {
    return new Verdicts(layout, sampling);
  }
}
