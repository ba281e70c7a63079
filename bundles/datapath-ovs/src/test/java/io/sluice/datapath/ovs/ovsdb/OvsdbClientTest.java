package io.sluice.datapath.ovs.ovsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.datapath.ovs.lab.Failures;
import io.sluice.datapath.ovs.lab.OvsInstance;
import io.sluice.datapath.ovs.lab.Shell;
import io.sluice.datapath.ovs.ovsdb.SwitchConfig.Bridge;
import io.sluice.datapath.ovs.ovsdb.SwitchConfig.Interface;
import io.sluice.kit.Stages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the database client promises, on a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OvsdbClientTest {
  private final BlockingQueue<SwitchConfig> configs = new LinkedBlockingQueue<>();
  private CompletableFuture<IOException> closed = new CompletableFuture<>();
  private OvsInstance ovs;
  private OvsdbClient client;

  @BeforeAll
  void start() throws Exception {
    ovs = OvsInstance.start();
    ovs.bridge("br");
  }

  private DatabaseObserver observer() {
    return new DatabaseObserver() {
      @Override
      public void changed(SwitchConfig config) {
        configs.add(config);
      }

      @Override
      public void closed(IOException cause) {
        closed.complete(cause);
      }
    };
  }

  @BeforeEach
  void connect() {
    closed = new CompletableFuture<>();
    client = Stages.get(OvsdbClient.open(ovs.databaseSocket(), observer()));
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @AfterAll
  void stop() {
    if (ovs != null) {
      ovs.close();
    }
  }

  private Bridge await(Predicate<Bridge> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    List<SwitchConfig> seen = new ArrayList<>();
    while (System.nanoTime() - deadline < 0) {
      SwitchConfig config = configs.poll(20, TimeUnit.SECONDS);
      assertNotNull(config, () -> "no such change was told after " + seen);
      seen.add(config);
      Optional<Bridge> bridge = config.bridge("br");
      if (bridge.isPresent() && wanted.test(bridge.get())) {
        return bridge.get();
      }
    }
    throw new AssertionError("the wanted state did not come after " + seen);
  }

  private static Optional<Interface> named(Bridge bridge, String name) {
    return bridge.interfaces().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  @Test
  void aPortIsToldWhenItComesChangesAndGoes() throws Exception {
    Bridge empty = await(bridge -> true);
    assertEquals("netdev", empty.datapathType());
    assertEquals("internal", named(empty, "br").orElseThrow().type());
    Shell.run(
        "ip", "-n", ovs.namespace(), "link", "add", "p1", "type", "veth", "peer", "name", "p1peer");
    ovs.vsctl(
        "add-port",
        "br",
        "p1",
        "--",
        "set",
        "interface",
        "p1",
        "ofport_request=42",
        "external_ids:iface-id=shop_web",
        "external_ids:attached-mac=0a:58:0a:f4:00:05");
    Interface added =
        named(
                await(
                    bridge ->
                        named(bridge, "p1")
                            .filter(one -> one.ofport().isPresent() && !one.macInUse().isEmpty())
                            .isPresent()),
                "p1")
            .orElseThrow();
    assertEquals(Optional.of(42), added.ofport());
    assertEquals("p1", added.port());
    assertEquals(
        Map.of("iface-id", "shop_web", "attached-mac", "0a:58:0a:f4:00:05"), added.externalIds());
    assertTrue(added.macInUse().matches("([0-9a-f]{2}:){5}[0-9a-f]{2}"), added.macInUse());
    ovs.vsctl("set", "interface", "p1", "external_ids:iface-id=shop_db");
    await(
        bridge ->
            named(bridge, "p1")
                .filter(one -> "shop_db".equals(one.externalIds().get("iface-id")))
                .isPresent());
    ovs.vsctl("del-port", "br", "p1");
    await(bridge -> named(bridge, "p1").isEmpty());
  }

  @Test
  void aPortWithoutADeviceHasNoNumberButAnError() throws Exception {
    ovs.vsctl("--no-wait", "add-port", "br", "nodevice");
    Interface broken =
        named(
                await(
                    bridge ->
                        named(bridge, "nodevice")
                            .filter(one -> !one.error().isEmpty())
                            .isPresent()),
                "nodevice")
            .orElseThrow();
    assertEquals(Optional.empty(), broken.ofport());
    ovs.vsctl("--no-wait", "del-port", "br", "nodevice");
  }

  private static BridgeEdit mode(String bridge, String mode) {
    return new BridgeEdit(bridge, Optional.of(mode), Map.of(), Set.of());
  }

  @Test
  void failModeIsSet() throws Exception {
    ovs.vsctl("del-fail-mode", "br");
    await(bridge -> bridge.failMode().isEmpty());
    Stages.get(client.edit(mode("br", "secure")));
    await(bridge -> bridge.failMode().equals("secure"));
    assertEquals("secure", ovs.vsctl("get-fail-mode", "br").strip());
    Failures.expect(
        OvsdbException.class, "there is no bridge nosuch", client.edit(mode("nosuch", "secure")));
    Failures.expect(OvsdbException.class, "constraint violation", client.edit(mode("br", "open")));
    Stages.get(client.echo());
  }

  @Test
  void closingTellsOnceAndFailsLaterCalls() throws Exception {
    client.close();
    Failures.expect(IOException.class, "was closed", closed.get(10, TimeUnit.SECONDS));
    Failures.expect(IOException.class, "was closed", client.echo());
    Failures.expect(
        IOException.class,
        "none.sock",
        OvsdbClient.open(ovs.directory().resolve("none.sock"), observer()));
  }
}
