package io.sluice.itests.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.datapath.Update;
import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Change;
import io.sluice.datapath.memory.MemoryDatapath;
import io.sluice.datapath.memory.Packet;
import io.sluice.engine.core.Locality;
import io.sluice.kit.Stages;
import io.sluice.kit.cluster.Cluster;
import io.sluice.kit.cluster.Dice;
import io.sluice.kit.cluster.NaiveEnd;
import io.sluice.kit.cluster.NaiveEvaluator;
import io.sluice.kit.cluster.Questions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The agent of one node: an engine that knows what is local, and a datapath that it updates. */
final class NodeRig {
  private final String node;
  private final EngineRig rig;
  private final MemoryDatapath datapath = new MemoryDatapath();
  private final UpdateCheck updates = new UpdateCheck();
  private boolean started;

  NodeRig(String node) {
    this.node = node;
    this.rig = new EngineRig(Locality.node(node));
  }

  /** Takes a step, and checks that what the datapath is told adds up. */
  void apply(Collection<Change> changes) {
    Optional<Update> update = rig.apply(changes);
    updates.fold(update, rig.snapshot());
    if (!started) {
      Stages.get(datapath.snapshot(rig.snapshot()));
      started = true;
    } else if (update.isPresent()) {
      Stages.get(datapath.apply(update.get()));
    }
  }

  /** Checks that an engine that learns the cluster in another order exports the same. */
  void compareWithRecomputed(Cluster cluster, Dice dice) {
    EngineRig fresh = Story.recomputed(cluster, Locality.node(node), dice);
    assertEquals(
        Canonical.of(fresh.snapshot()), Canonical.of(rig.snapshot()), "recomputed on " + node);
  }

  /** Tries packets between all pairs of addresses. */
  void comparePackets(Cluster cluster, ServiceDraw services) {
    NaiveEvaluator naive = NaiveEvaluator.onNode(cluster, node);
    List<NaiveEnd> ends = Questions.addresses(cluster).stream().map(naive::address).toList();
    for (NaiveEnd from : ends) {
      for (NaiveEnd to : ends) {
        if (isLocal(from) || isLocal(to)) {
          compare(from, to, naive, services);
        }
      }
    }
  }

  private boolean isLocal(NaiveEnd end) {
    return end.holders().stream().anyMatch(pod -> pod.nodeName().equals(node));
  }

  private void compare(NaiveEnd from, NaiveEnd to, NaiveEvaluator naive, ServiceDraw services) {
    IpAddress source = from.address().orElseThrow();
    IpAddress destination = to.address().orElseThrow();
    if (source.family() != destination.family()) {
      return;
    }
    services.draw(
        (protocol, port) -> {
          boolean expected = naive.passes(from, to, protocol, port);
          Packet packet = new Packet(source, destination, protocol, port);
          boolean actual = datapath.decide(packet).allowed();
          if (expected != actual) {
            assertEquals(expected, actual, "on " + node + ": passes " + packet);
          }
        });
  }
}
