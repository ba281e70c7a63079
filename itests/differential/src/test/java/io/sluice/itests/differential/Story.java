package io.sluice.itests.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.control.Explanation;
import io.sluice.api.control.Party;
import io.sluice.api.control.Service;
import io.sluice.api.control.Verdict;
import io.sluice.api.resource.Change;
import io.sluice.api.resource.Resource;
import io.sluice.engine.core.Locality;
import io.sluice.engine.core.Ruling;
import io.sluice.kit.cluster.Cluster;
import io.sluice.kit.cluster.Dice;
import io.sluice.kit.cluster.NaiveEvaluator;
import io.sluice.kit.cluster.NaiveVerdict;
import io.sluice.kit.cluster.RandomChanges;
import io.sluice.kit.cluster.RandomCluster;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** One random cluster and a few random steps from there; everything is compared after each. */
final class Story {
  private static final int STEPS = 6;

  private final long seed;
  private final Tally tally;
  private final EngineRig whole = new EngineRig(Locality.everything());
  private final UpdateCheck updates = new UpdateCheck();
  private final List<NodeRig> nodes = List.of(new NodeRig("node-a"), new NodeRig("node-b"));

  Story(long seed, Tally tally) {
    this.seed = seed;
    this.tally = tally;
  }

  /** Tells the story; what differs is an error that says how to repeat it. */
  void run() {
    Dice dice = new Dice(seed);
    Cluster first = new RandomCluster(dice).make();
    RandomChanges changes = new RandomChanges(dice, first);
    List<Change> step = dice.shuffled(upserts(first));
    for (int number = 0; number <= STEPS; number++) {
      try {
        take(step, changes.cluster(), dice);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "-Dsluice.seed=%d, step %d: %s%nafter %s%nthe cluster is%n%s"
                .formatted(seed, number, e.getMessage(), step, changes.cluster()),
            e);
      }
      step = changes.next();
    }
  }

  private void take(List<Change> step, Cluster cluster, Dice dice) {
    updates.fold(whole.apply(step), whole.snapshot());
    NaiveEvaluator naive = new NaiveEvaluator(cluster);
    EngineRig fresh = recomputed(cluster, Locality.everything(), dice);
    assertEquals(
        Canonical.of(fresh.snapshot()), Canonical.of(whole.snapshot()), "recomputed as a whole");
    ServiceDraw services = new ServiceDraw(cluster, dice, 2);
    compareVerdicts(Ends.of(cluster, whole.engine(), naive), naive, services);
    ServiceDraw again = new ServiceDraw(cluster, dice, 1);
    compareExplanations(dice.some(Ends.of(cluster, fresh.engine(), naive), 5), fresh, naive, again);
    for (NodeRig node : nodes) {
      node.apply(step);
      node.compareWithRecomputed(cluster, dice);
      node.comparePackets(cluster, again);
    }
  }

  private void compareVerdicts(List<Ends> ends, NaiveEvaluator naive, ServiceDraw services) {
    for (Ends from : ends) {
      for (Ends to : ends) {
        if (from.meets(to)) {
          services.draw((protocol, port) -> compare(from, to, protocol, port, naive));
        }
      }
    }
  }

  private void compare(Ends from, Ends to, int protocol, int port, NaiveEvaluator naive) {
    Service service = new Service(protocol, port);
    compare(
        naive.egress(from.naive(), to.naive(), protocol, port),
        whole.engine().egress(from.engine(), to.engine(), service),
        "egress",
        from,
        to,
        service);
    compare(
        naive.ingress(from.naive(), to.naive(), protocol, port),
        whole.engine().ingress(from.engine(), to.engine(), service),
        "ingress",
        from,
        to,
        service);
  }

  private void compare(
      NaiveVerdict expected, Ruling actual, String side, Ends from, Ends to, Service service) {
    boolean allowed = actual.verdict() == Verdict.ALLOW;
    if (expected.allowed() != allowed || !expected.by().equals(actual.by())) {
      assertEquals(
          expected.allowed() + " by " + expected.by(),
          allowed + " by " + actual.by(),
          side + " of " + from + " -> " + to + " " + service);
    }
    if (!expected.by().equals("none")) {
      tally.count(expected.allowed(), expected.by().startsWith("NetworkPolicy/"));
    }
  }

  /** What people are told is what was decided. */
  private static void compareExplanations(
      List<Ends> ends, EngineRig fresh, NaiveEvaluator naive, ServiceDraw services) {
    for (Ends from : ends) {
      for (Ends to : ends) {
        if (from.naive().address().isPresent()
            && to.naive().address().isPresent()
            && from.meets(to)) {
          services.draw(
              (protocol, port) -> {
                Service service = new Service(protocol, port);
                Explanation told =
                    fresh
                        .engine()
                        .explain(
                            new Party.Address(from.naive().address().get()),
                            new Party.Address(to.naive().address().get()),
                            service);
                String asked = from + " -> " + to + " " + service;
                assertEquals(
                    naive.egress(from.naive(), to.naive(), protocol, port).by(),
                    told.egress().by(),
                    "explained egress of " + asked);
                assertEquals(
                    naive.ingress(from.naive(), to.naive(), protocol, port).by(),
                    told.ingress().by(),
                    "explained ingress of " + asked);
              });
        }
      }
    }
  }

  /** An engine that learns a cluster from nothing, in any order and number of revisions. */
  static EngineRig recomputed(Cluster cluster, Locality locality, Dice dice) {
    EngineRig rig = new EngineRig(locality);
    List<Change> changes = dice.shuffled(upserts(cluster));
    int cut = dice.below(changes.size() + 1);
    rig.apply(changes.subList(0, cut));
    rig.apply(changes.subList(cut, changes.size()));
    return rig;
  }

  private static List<Change> upserts(Cluster cluster) {
    Collection<Resource> resources = cluster.resources().values();
    List<Change> changes = new ArrayList<>();
    resources.forEach(resource -> changes.add(new Change.Upsert(resource)));
    return changes;
  }
}
