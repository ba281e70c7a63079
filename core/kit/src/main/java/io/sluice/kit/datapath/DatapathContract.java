package io.sluice.kit.datapath;

import static io.sluice.kit.datapath.RuleScene.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.datapath.SetDelta;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.Cidr;
import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import io.sluice.kit.Stages;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every {@link io.sluice.api.datapath.Datapath} passes these. */
public abstract class DatapathContract {
  private static final int WEB = 1;
  private static final int PEERS = 2;

  @SuppressWarnings("NullAway.Init")
  private DatapathRig rig;

  @SuppressWarnings("NullAway.Init")
  private IpAddress a;

  @SuppressWarnings("NullAway.Init")
  private IpAddress b;

  @SuppressWarnings("NullAway.Init")
  private IpAddress c;

  /** A rig with a datapath that has been given nothing yet. */
  protected abstract DatapathRig rig();

  @BeforeEach
  void begin() {
    rig = rig();
    a = v4(0);
    b = v4(1);
    c = v4(2);
  }

  @AfterEach
  void end() {
    rig.close();
  }

  @Test
  void allowsWhatNoRuleIsAbout() {
    take(scene());
    assertTrue(rig.passes(a, b, Protocol.TCP, 80));
    assertTrue(rig.passes(a, b, Protocol.UDP, 53));
  }

  @Test
  void isolatesOneDirectionOfItsSubjectsOnly() {
    take(scene().subjects(WEB, endpoint(0)).isolate(WEB, Direction.INGRESS));
    assertFalse(rig.passes(b, a, Protocol.TCP, 80));
    assertFalse(rig.passes(b, a, Protocol.UDP, 80));
    assertTrue(rig.passes(a, b, Protocol.TCP, 80));
    assertTrue(rig.passes(b, c, Protocol.TCP, 80));
  }

  @Test
  void bothSidesMustAllow() {
    take(
        scene()
            .subjects(WEB, endpoint(0))
            .subjects(3, endpoint(1))
            .isolate(WEB, Direction.INGRESS)
            .allow(WEB, Direction.INGRESS, new PeerMatch.Any(), tcp(80))
            .isolate(3, Direction.EGRESS));
    assertFalse(rig.passes(b, a, Protocol.TCP, 80));
    assertTrue(rig.passes(c, a, Protocol.TCP, 80));
  }

  @Test
  void allowsByPeerAndService() {
    take(webFrom(b));
    assertTrue(rig.passes(b, a, Protocol.TCP, 80));
    assertFalse(rig.passes(b, a, Protocol.TCP, 81));
    assertFalse(rig.passes(b, a, Protocol.UDP, 80));
    assertFalse(rig.passes(c, a, Protocol.TCP, 80));
  }

  @Test
  void aRangeIncludesBothEnds() {
    take(
        scene()
            .subjects(WEB, endpoint(0))
            .isolate(WEB, Direction.INGRESS)
            .allow(
                WEB,
                Direction.INGRESS,
                new PeerMatch.Block(Cidr.host(b)),
                new PortMatch.Range(Protocol.UDP, 8001, 8010)));
    assertFalse(rig.passes(b, a, Protocol.UDP, 8000));
    assertTrue(rig.passes(b, a, Protocol.UDP, 8001));
    assertTrue(rig.passes(b, a, Protocol.UDP, 8010));
    assertFalse(rig.passes(b, a, Protocol.UDP, 8011));
  }

  @Test
  void ownNodeAlwaysReachesAnIsolatedEndpoint() {
    take(scene().subjects(WEB, endpoint(0)).isolate(WEB, Direction.INGRESS));
    assertTrue(rig.passes(rig.nodeAddress(), a, Protocol.TCP, 80));
  }

  @Test
  void updatesMoveMembersWithoutTouchingRules() {
    take(webFrom(b));
    give(update(1, new SetDelta<>(PEERS, Set.of(c), Set.of(b))));
    assertFalse(rig.passes(b, a, Protocol.TCP, 80));
    assertTrue(rig.passes(c, a, Protocol.TCP, 80));
  }

  @Test
  void updatesAddAndRemoveRules() {
    take(scene().subjects(WEB, endpoint(0)).isolate(WEB, Direction.INGRESS));
    List<Rule> allowing =
        webFrom(b).rules().stream().filter(rule -> rule.id() > rules(scene())).toList();
    Rule allow = allowing.getLast();
    give(
        new Update(
            1,
            2,
            List.of(),
            Set.of(),
            List.of(),
            Set.of(),
            List.of(new SetDelta<>(PEERS, Set.of(b), Set.of())),
            Set.of(),
            List.of(allow),
            Set.of()));
    assertTrue(rig.passes(b, a, Protocol.TCP, 80));
    give(
        new Update(
            2,
            3,
            List.of(),
            Set.of(),
            List.of(),
            Set.of(),
            List.of(),
            Set.of(PEERS),
            List.of(),
            Set.of(allow.id())));
    assertFalse(rig.passes(b, a, Protocol.TCP, 80));
  }

  @Test
  void anUpdateFromAnotherRevisionIsStaleAndChangesNothing() {
    take(webFrom(b));
    Update stale = update(7, new SetDelta<>(PEERS, Set.of(c), Set.of(b)));
    assertInstanceOf(StaleRevisionException.class, Stages.failure(rig.datapath().apply(stale)));
    assertTrue(rig.passes(b, a, Protocol.TCP, 80));
    assertFalse(rig.passes(c, a, Protocol.TCP, 80));
  }

  @Test
  void aSnapshotReplacesWhateverWasThere() {
    take(webFrom(b));
    Stages.get(rig.datapath().snapshot(webFrom(c).at(9)));
    Stages.get(rig.datapath().confirm(9));
    assertFalse(rig.passes(b, a, Protocol.TCP, 80));
    assertTrue(rig.passes(c, a, Protocol.TCP, 80));
  }

  @Test
  void higherTiersComeFirstAndPassGoesOn() {
    PeerMatch any = new PeerMatch.Any();
    PeerMatch fromB = new PeerMatch.Block(Cidr.host(b));
    PeerMatch fromC = new PeerMatch.Block(Cidr.host(c));
    take(
        scene()
            .subjects(WEB, endpoint(0))
            .rule(Tier.ADMIN, 1, Direction.INGRESS, Action.PASS, WEB, fromC)
            .rule(Tier.ADMIN, 2, Direction.INGRESS, Action.DENY, WEB, any)
            .rule(Tier.BASELINE, 1, Direction.INGRESS, Action.DENY, WEB, fromB));
    assertFalse(rig.passes(b, a, Protocol.TCP, 80));
    assertTrue(rig.passes(c, a, Protocol.TCP, 80));
  }

  @Test
  void isolationIsFinalBeforeTheBaseline() {
    take(
        scene()
            .subjects(WEB, endpoint(0))
            .isolate(WEB, Direction.INGRESS)
            .rule(Tier.BASELINE, 1, Direction.INGRESS, Action.ALLOW, WEB, new PeerMatch.Any()));
    assertFalse(rig.passes(b, a, Protocol.TCP, 80));
  }

  @Test
  void countsWhatItsRulesMatched() {
    RuleScene scene = webFrom(b);
    take(scene);
    assertTrue(rig.passes(b, a, Protocol.TCP, 80));
    long allow = scene.rules().getLast().id();
    List<RuleCounter> counters = Stages.get(rig.datapath().counters());
    assertEquals(
        rig.counts(),
        counters.stream().anyMatch(counter -> counter.rule() == allow && counter.packets() > 0),
        () -> "rule " + allow + " is not in " + counters);
  }

  @Test
  void showsWhatItProgrammedForAPolicy() {
    take(webFrom(b));
    assertFalse(Stages.get(rig.datapath().flows(RuleScene.POLICY)).isEmpty());
  }

  @Test
  void isReadyAndSaysWhomItCovers() {
    take(scene());
    assertEquals(DatapathStatus.State.READY, rig.datapath().status().state());
    Set<LocalEndpoint> all = Set.copyOf(rig.endpoints());
    var coverage = Stages.get(rig.datapath().covers(all));
    assertEquals(all.size(), coverage.covered().size() + coverage.uncovered().size());
    assertEquals(rig.enforcing(), coverage.uncovered().isEmpty());
  }

  @Test
  void rulesOutliveAnEnforcingDatapathUntilItIsReleased() {
    take(webFrom(b));
    rig.restart();
    assertEquals(rig.enforcing(), !rig.passes(c, a, Protocol.TCP, 80));
    take(webFrom(c));
    assertFalse(rig.passes(b, a, Protocol.TCP, 80));
    assertTrue(rig.passes(c, a, Protocol.TCP, 80));
  }

  @Test
  void releaseRemovesEverythingAndASnapshotMayFollow() {
    take(webFrom(b));
    Stages.get(rig.datapath().release());
    Stages.get(rig.datapath().release());
    assertEquals(List.of(), Stages.get(rig.datapath().flows(RuleScene.POLICY)));
    take(webFrom(b));
    assertFalse(rig.passes(c, a, Protocol.TCP, 80));
    assertTrue(rig.passes(b, a, Protocol.TCP, 80));
  }

  private RuleScene scene() {
    return new RuleScene(rig);
  }

  private static int rules(RuleScene scene) {
    return scene.rules().size();
  }

  /** Endpoint 0 is isolated, and takes TCP 80 from these addresses. */
  private RuleScene webFrom(IpAddress... peers) {
    return scene()
        .subjects(WEB, endpoint(0))
        .addresses(PEERS, peers)
        .isolate(WEB, Direction.INGRESS)
        .allow(WEB, Direction.INGRESS, new PeerMatch.Addresses(PEERS), tcp(80));
  }

  private void take(RuleScene scene) {
    Stages.get(rig.datapath().snapshot(scene.at(1)));
    Stages.get(rig.datapath().confirm(1));
  }

  private void give(Update update) {
    Stages.get(rig.datapath().apply(update));
    Stages.get(rig.datapath().confirm(update.revision()));
  }

  private static Update update(long base, SetDelta<IpAddress> delta) {
    return new Update(
        base,
        base + 1,
        List.of(),
        Set.of(),
        List.of(),
        Set.of(),
        List.of(delta),
        Set.of(),
        List.of(),
        Set.of());
  }

  private LocalEndpoint endpoint(int index) {
    return rig.endpoints().get(index);
  }

  private IpAddress v4(int index) {
    return endpoint(index).addresses().stream()
        .filter(address -> address.family() == Family.IPV4)
        .findFirst()
        .orElseThrow();
  }
}
