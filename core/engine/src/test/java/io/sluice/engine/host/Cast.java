package io.sluice.engine.host;

import io.sluice.api.control.DatapathInfo;
import io.sluice.api.datapath.DatapathObserver;
import io.sluice.api.datapath.Denial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Datapaths on a loop that the test turns, fed with a random walk of revisions. */
final class Cast {
  final ManualLoop loop = new ManualLoop();
  final Counters counters = new Counters();
  final RandomUpdates revisions;
  final List<Long> published = new ArrayList<>();
  final Datapaths datapaths;
  final DatapathBoard board;
  final DatapathOrders orders;
  final Map<String, HandDatapath> bound = new LinkedHashMap<>();
  List<String> remembered;
  private long services;

  /**
   * Makes an open one with nobody.
   *
   * @param remembered in whose switches rules lie from an earlier life
   */
  Cast(long seed, String... remembered) {
    revisions = new RandomUpdates(new Random(seed), false);
    this.remembered = List.of(remembered);
    datapaths =
        new Datapaths(
            revisions::snapshot,
            new DatapathDriver.Listener() {
              @Override
              public void progressed() {}

              @Override
              public void inForce(DatapathDriver driver, long revision) {
                published.add(revision);
              }
            },
            new Footprint() {
              @Override
              public List<String> read() {
                return List.of(remembered);
              }

              @Override
              public void write(List<String> names) {
                Cast.this.remembered = names;
              }
            },
            counters,
            loop);
    board = new DatapathBoard(datapaths, loop);
    orders = new DatapathOrders(datapaths, board, loop);
    datapaths.limit(Rig.TAKEOVER);
    while (revisions.snapshot().endpoints().size() < 3) {
      revisions.next();
    }
  }

  /** Binds one that enforces. */
  HandDatapath bind(String name, int ranking) {
    HandDatapath datapath = new HandDatapath();
    bind(datapath, name, ranking);
    return datapath;
  }

  void bind(HandDatapath datapath, String name, int ranking) {
    bound.put(name, datapath);
    datapaths.bind(
        new Candidate(name, true, ranking, ++services, name + ".jar"), datapath, new Deaf());
    loop.turn();
  }

  void unbind(String name) {
    HandDatapath gone = bound.remove(name);
    if (gone == null) {
      throw new AssertionError("not bound: " + name);
    }
    datapaths.unbind(gone);
    loop.turn();
  }

  /** The next revision. */
  void update() {
    datapaths.offer(revisions.next());
    loop.turn();
  }

  void pass(Duration time) {
    loop.pass(time);
  }

  /** Longer than any takeover. */
  void passLong() {
    loop.pass(Rig.TAKEOVER.plusSeconds(1));
  }

  long revision() {
    return revisions.snapshot().revision();
  }

  String chosen() {
    return datapaths.chosen().map(driver -> driver.candidate().name()).orElse("");
  }

  DatapathInfo info(String name) {
    return datapaths.slots().stream()
        .filter(slot -> slot.name().equals(name))
        .map(slot -> board.info(slot, 0))
        .findFirst()
        .orElseThrow();
  }

  DatapathInfo.State state(String name) {
    return info(name).state();
  }

  String problems() {
    return board.problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
  }

  private static final class Deaf implements DatapathObserver {
    @Override
    public void denied(Denial denial) {}

    @Override
    public void statusChanged() {}
  }
}
