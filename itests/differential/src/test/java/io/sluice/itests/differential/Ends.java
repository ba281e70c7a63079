package io.sluice.itests.differential;

import io.sluice.api.control.Party;
import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import io.sluice.engine.core.PacketEnd;
import io.sluice.engine.core.PolicyEngine;
import io.sluice.kit.cluster.Cluster;
import io.sluice.kit.cluster.NaiveEnd;
import io.sluice.kit.cluster.NaiveEvaluator;
import io.sluice.kit.cluster.Questions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One end of packets, as each side of the comparison knows it.
 *
 * @param party what people call it
 * @param engine as the engine knows it
 * @param naive as the evaluator knows it
 */
record Ends(Party party, PacketEnd engine, NaiveEnd naive) {
  /** Every pod with each of its addresses and without any, and every other address. */
  static List<Ends> of(Cluster cluster, PolicyEngine engine, NaiveEvaluator naive) {
    List<Ends> ends = new ArrayList<>();
    for (Endpoint pod : cluster.endpoints()) {
      if (pod.selectable()) {
        Party party = new Party.Pod(pod.namespace(), pod.name());
        ends.add(
            new Ends(
                party,
                engine.end(pod.namespace(), pod.name()),
                naive.pod(pod.namespace(), pod.name())));
        for (IpAddress address : pod.addresses()) {
          ends.add(
              new Ends(
                  party,
                  engine.end(pod.namespace(), pod.name(), address),
                  naive.pod(pod.namespace(), pod.name(), address)));
        }
      }
    }
    for (IpAddress address : Questions.addresses(cluster)) {
      ends.add(new Ends(new Party.Address(address), engine.end(address), naive.address(address)));
    }
    return ends;
  }

  /** Whether one packet can have both ends: addresses of one family. */
  boolean meets(Ends other) {
    Optional<IpAddress> mine = naive.address();
    Optional<IpAddress> others = other.naive.address();
    return mine.isEmpty() || others.isEmpty() || mine.get().family() == others.get().family();
  }

  @Override
  public String toString() {
    return party + naive.address().map(address -> "@" + address).orElse("");
  }
}
