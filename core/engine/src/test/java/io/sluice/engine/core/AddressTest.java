package io.sluice.engine.core;

import static io.sluice.engine.core.TestPod.pod;
import static io.sluice.engine.core.TestPolicy.pods;
import static io.sluice.engine.core.TestPolicy.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.Update;
import io.sluice.api.policy.Direction;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who stands behind an address. */
class AddressTest {
  private final TestCluster cluster = TestCluster.onNode().namespace("a");

  private static final TestPod SERVER = pod("a/server", "10.0.0.1").labels("app", "server");
  private static final TestPod GOOD = pod("a/good", "10.0.0.2").labels("app", "good");
  private static final TestPod BAD = pod("a/bad", "10.0.0.2").labels("app", "bad");

  private static TestPolicy fromGood() {
    return policy("a/server", "app", "server").from(pods("a", "app", "good"));
  }

  private static String allowed(String addresses) {
    return "server ingress ALLOW [a/server] [[" + addresses + "]][Any[]]";
  }

  @Test
  void bothFamiliesOfAPodArePeers() {
    cluster.with(SERVER.addresses("10.0.0.1", "fd00::1"), GOOD.addresses("10.0.0.2", "fd00::2"));
    cluster.with(fromGood()).commit();

    assertTrue(cluster.exported().contains(allowed("10.0.0.2, fd00::2")));
    assertTrue(cluster.allows("fd00::2", "fd00::1", "80/TCP"));
    assertFalse(cluster.allows("fd00::3", "fd00::1", "80/TCP"));
  }

  @Test
  void anAddressThatComesLaterIsADelta() {
    cluster.with(SERVER, GOOD.addresses()).with(fromGood()).commit();
    assertTrue(cluster.exported().contains(allowed("")));

    Update update = cluster.with(GOOD).commit().orElseThrow();

    assertEquals(Set.of(TestCluster.ip("10.0.0.2")), update.addressSets().getFirst().added());
    assertEquals(0, update.rulesAdded().size());
  }

  @Test
  void theNewestHolderIsThePeer() {
    cluster.with(SERVER, GOOD.started(1)).with(fromGood()).commit();
    assertTrue(cluster.allows("10.0.0.2", "a/server", "80/TCP"));

    Update taken = cluster.with(BAD.started(2)).commit().orElseThrow();
    assertEquals(Set.of(TestCluster.ip("10.0.0.2")), taken.addressSets().getFirst().removed());
    assertFalse(cluster.allows("10.0.0.2", "a/server", "80/TCP"));
    assertEquals(1L, cluster.engine.sizes().get("sharedAddresses"));

    Update back = cluster.without(BAD).commit().orElseThrow();
    assertEquals(Set.of(TestCluster.ip("10.0.0.2")), back.addressSets().getFirst().added());
    assertTrue(cluster.allows("10.0.0.2", "a/server", "80/TCP"));
    assertEquals(0L, cluster.engine.sizes().get("sharedAddresses"));
  }

  @Test
  void theOwnerDoesNotDependOnTheOrderOfEvents() {
    cluster.with(SERVER, BAD.started(2)).with(fromGood()).commit();
    Optional<Update> older = cluster.with(GOOD.started(1)).commit();
    assertTrue(cluster.exported().contains(allowed("")));
    assertEquals(0, older.orElseThrow().addressSets().size());

    cluster.with(GOOD.started(3)).commit();
    assertTrue(cluster.exported().contains(allowed("10.0.0.2")));

    cluster.with(GOOD.started(2)).commit();
    assertTrue(cluster.exported().contains(allowed("10.0.0.2")), "good comes after bad");
  }

  @Test
  void asSubjectsAllHoldersCount() {
    cluster
        .with(SERVER, GOOD.started(1), BAD.started(2))
        .with(policy("a/x", "app", "good").isolates(Direction.INGRESS))
        .commit();
    assertEquals(
        "default -> deny NetworkPolicy/a/x", cluster.ask("a/server", "10.0.0.2", "80/TCP"));

    cluster.with(policy("a/y", "app", "bad").isolates(Direction.INGRESS)).commit();
    assertEquals(
        "default -> deny NetworkPolicy/a/x,NetworkPolicy/a/y",
        cluster.ask("a/server", "10.0.0.2", "80/TCP"));

    cluster.with(policy("a/x", "app", "good").from(pods("a"))).commit();
    assertEquals(
        "default -> deny NetworkPolicy/a/y", cluster.ask("a/server", "10.0.0.2", "80/TCP"));
  }

  @Test
  void aFinishedPodsAddressIsNobodys() {
    cluster.with(SERVER, GOOD.started(5)).with(fromGood()).commit();

    Update update = cluster.with(GOOD.started(5).finished()).commit().orElseThrow();

    assertEquals(Set.of(TestCluster.ip("10.0.0.2")), update.addressSets().getFirst().removed());
    assertEquals(1, update.endpointsRemoved().size());

    cluster.with(BAD.labels("app", "good").started(1)).commit();
    assertTrue(cluster.allows("a/bad", "a/server", "80/TCP"), "used again by an older pod");
  }

  @Test
  void aPodThatIsMadeAgainIsAnotherEndpoint() {
    cluster.with(SERVER, GOOD).with(fromGood()).commit();

    Update update = cluster.with(SERVER.uid("second").addresses("10.0.0.7")).commit().orElseThrow();

    assertEquals(1, update.endpointsRemoved().size());
    assertEquals("second", update.endpoints().getFirst().id().uid());
    assertEquals(0, update.rulesAdded().size());
    assertEquals(1, update.subjectSets().size());
    assertFalse(cluster.allows("192.0.2.1", "10.0.0.7", "80/TCP"));
    assertTrue(cluster.allows("192.0.2.1", "10.0.0.1", "80/TCP"), "nobody's now");
  }

  @Test
  void aRepeatedAddressIsOneAddress() {
    cluster.with(SERVER, GOOD.addresses("10.0.0.2", "10.0.0.2")).with(fromGood()).commit();
    assertTrue(cluster.exported().contains(allowed("10.0.0.2")));

    cluster.with(GOOD.addresses("10.0.0.3", "10.0.0.3", "10.0.0.2")).commit();
    assertTrue(cluster.exported().contains(allowed("10.0.0.2, 10.0.0.3")));

    cluster.without(GOOD).commit();
    assertTrue(cluster.exported().contains(allowed("")));
  }

  @Test
  void twoPodsSwapTheirAddressesInOneRevision() {
    cluster.with(SERVER, GOOD, BAD.addresses("10.0.0.3")).with(fromGood()).commit();

    cluster.with(GOOD.addresses("10.0.0.3"), BAD.addresses("10.0.0.2")).commit();

    assertTrue(cluster.exported().contains(allowed("10.0.0.3")));
  }
}
