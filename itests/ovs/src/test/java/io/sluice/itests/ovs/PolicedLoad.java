package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lab.ConnectionLoad;
import io.sluice.lab.Outcome;
import io.sluice.lab.Pod;
import io.sluice.lab.Probe;
import io.sluice.lab.Traffic;
import io.sluice.lab.Transport;
import java.io.IOException;
import java.util.List;

/**
 * New connections of web at a steady pace, in both families: half of them to db, where they may go
 * all the time, half to friend, where they never may.
 */
final class PolicedLoad {
  private static final int PORT = 80;
  private static final int PER_SECOND = 1000;
  private static final long LATE_NANOS = 500_000_000L;

  /**
   * What became of it; none was allowed that must not be.
   *
   * @param denied connections that had to be denied, and were
   * @param allowed connections that were allowed
   * @param lost of these, those that were not answered within 3 s
   * @param late of these, those that were answered after more than half a second: a packet was lost
   */
  record Result(int denied, int allowed, long lost, long late) {
    @Override
    public String toString() {
      return "0 of %d denied connections passed; of %d allowed ones %d lost, %d late"
          .formatted(denied, allowed, lost, late);
    }
  }

  private final Pod friend;
  private final ConnectionLoad load;

  private PolicedLoad(Pod friend, ConnectionLoad load) {
    this.friend = friend;
    this.load = load;
  }

  /** The policies under which it runs. */
  static Manifests scene() {
    return Scenes.allow(
        Scenes.pods()
            .policy("shop", "deny-web", isolate("web"))
            .policy("shop", "deny-friend", isolate("friend")),
        "web",
        "db");
  }

  static String isolate(String pod) {
    return """
    podSelector: {matchLabels: {name: %s}}
    policyTypes: [Ingress, Egress]
    """
        .formatted(pod);
  }

  /** Begins. */
  static PolicedLoad start(Rig rig) throws IOException {
    return start(rig.traffic(), rig.pod("shop/web"), rig.pod("shop/db"), rig.pod("shop/friend"));
  }

  /** Begins between these pods. */
  static PolicedLoad start(Traffic traffic, Pod web, Pod db, Pod friend) throws IOException {
    traffic.listen(db, Transport.TCP, PORT);
    traffic.listen(friend, Transport.TCP, PORT);
    List<Probe> targets =
        List.of(
            new Probe(web, db.v4(), Transport.TCP, PORT),
            new Probe(web, friend.v4(), Transport.TCP, PORT),
            new Probe(web, db.v6(), Transport.TCP, PORT),
            new Probe(web, friend.v6(), Transport.TCP, PORT));
    return new PolicedLoad(friend, traffic.load(web, targets, PER_SECOND));
  }

  private boolean mustPass(ConnectionLoad.Attempt attempt) {
    return !friend.addresses().contains(attempt.target().to());
  }

  /** Ends it; fails if one was allowed that must not be. */
  Result stop() throws IOException {
    return result(load.stop());
  }

  /** What became of these; fails if one was allowed that must not be. */
  Result result(List<ConnectionLoad.Attempt> attempts) {
    List<ConnectionLoad.Attempt> denied = attempts.stream().filter(a -> !mustPass(a)).toList();
    assertTrue(denied.size() > 500, "only " + denied.size() + " attempts prove little");
    assertEquals(
        List.of(), denied.stream().filter(a -> a.outcome() != Outcome.SILENT).limit(5).toList());
    List<ConnectionLoad.Attempt> allowed = attempts.stream().filter(this::mustPass).toList();
    long answered = allowed.stream().filter(a -> a.outcome() == Outcome.ANSWERED).count();
    assertTrue(answered > 0, "nothing passed at all");
    long late =
        allowed.stream()
            .filter(a -> a.outcome() == Outcome.ANSWERED && a.ended() - a.begun() > LATE_NANOS)
            .count();
    return new Result(denied.size(), allowed.size(), allowed.size() - answered, late);
  }

  /**
   * How long after a moment an allowed connection that was begun after it was answered first.
   *
   * @param moment on the clock of {@link System#nanoTime}
   */
  long firstAnsweredAfterMillis(long moment, List<ConnectionLoad.Attempt> attempts) {
    return attempts.stream()
        .filter(this::mustPass)
        .filter(a -> a.begun() > moment && a.outcome() == Outcome.ANSWERED)
        .mapToLong(a -> (a.ended() - moment) / 1_000_000)
        .min()
        .orElseThrow(() -> new AssertionError("never came back"));
  }

  /** Ends it; all attempts, which {@link #result} has not judged yet. */
  List<ConnectionLoad.Attempt> end() throws IOException {
    return load.stop();
  }
}
