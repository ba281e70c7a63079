package io.sluice.reachability;

import io.sluice.api.control.Service;
import io.sluice.api.control.Verdict;
import io.sluice.engine.core.PolicyEngine;
import io.sluice.engine.core.Ruling;
import io.sluice.reachability.Place.End;
import io.sluice.reachability.PortQuestion.Asked;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Asks about every pair, in the order of the answer: from, to, addresses, port. */
final class Rows {
  private final PolicyEngine engine;
  private final List<PortQuestion> questions;
  private final Map<Asked, Service> services = new HashMap<>();

  Rows(PolicyEngine engine, List<PortQuestion> questions) {
    this.engine = engine;
    this.questions = questions;
  }

  /**
   * Asks.
   *
   * @param senders sorted
   * @param receivers sorted
   * @param sink takes the answer
   */
  void write(List<Place> senders, List<Place> receivers, RowSink sink) throws IOException {
    Map<String, List<Asked>> byLabel = new HashMap<>();
    for (Place receiver : receivers) {
      byLabel.put(receiver.label(), ports(receiver));
    }
    for (Place from : senders) {
      for (Place to : receivers) {
        boolean pair = !from.label().equals(to.label()) && !(from.isExternal() && to.isExternal());
        if (pair) {
          pair(from, to, byLabel.getOrDefault(to.label(), List.of()), sink);
        }
      }
    }
    sink.end();
  }

  private List<Asked> ports(Place receiver) {
    Set<Asked> ports = new TreeSet<>();
    questions.forEach(question -> question.resolve(receiver.endpoint(), ports));
    ports.forEach(port -> services.computeIfAbsent(port, Asked::service));
    return List.copyOf(ports);
  }

  private void pair(Place from, Place to, List<Asked> ports, RowSink sink) throws IOException {
    for (End source : from.ends()) {
      for (End destination : to.ends()) {
        if (!source.sharesFamily(destination)) {
          continue;
        }
        for (Asked port : ports) {
          Service service = services.computeIfAbsent(port, Asked::service);
          Ruling egress = engine.egress(source.packet(), destination.packet(), service);
          Ruling ingress = engine.ingress(source.packet(), destination.packet(), service);
          sink.row(from, to, source, destination, port, egress, ingress);
        }
      }
    }
  }

  /** Both sides must allow. */
  static Verdict both(Ruling egress, Ruling ingress) {
    return egress.verdict() == Verdict.ALLOW ? ingress.verdict() : Verdict.DENY;
  }
}
