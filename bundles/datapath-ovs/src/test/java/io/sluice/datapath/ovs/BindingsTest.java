package io.sluice.datapath.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.EndpointId;
import io.sluice.datapath.ovs.ovsdb.SwitchConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which endpoint is at which port. */
class BindingsTest {
  private static final EndpointId WEB = new EndpointId("shop", "web", "uid-1");

  private static Settings settings(String... keys) throws Settings.InvalidException {
    Map<String, String> map = new HashMap<>(Map.of("bridge", "br0"));
    for (int i = 0; i < keys.length; i += 2) {
      map.put(keys[i], keys[i + 1]);
    }
    return Settings.of(new Keys(map));
  }

  private static SwitchConfig.Interface port(String name, int number, String... ids) {
    Map<String, String> external = new HashMap<>();
    for (int i = 0; i < ids.length; i += 2) {
      external.put(ids[i], ids[i + 1]);
    }
    Optional<Integer> ofport = number == 0 ? Optional.empty() : Optional.of(number);
    return new SwitchConfig.Interface(name, name, "", ofport, "02:00:00:00:00:07", "", external);
  }

  private static Bindings bind(Settings settings, SwitchConfig.Interface... ports) {
    return bind(settings, Map.of(), Map.of(), ports);
  }

  private static Bindings bind(
      Settings settings,
      Map<String, PortsFile.Line> file,
      Map<Bindings.Learned, Long> learned,
      SwitchConfig.Interface... ports) {
    SwitchConfig.Bridge bridge =
        new SwitchConfig.Bridge("u", "br0", "secure", "", Map.of(), List.of(ports));
    return Bindings.of(settings, bridge, Set.of(WEB), file, learned);
  }

  @Test
  void byNameOrUidWithTheAttachedMac() throws Exception {
    for (String id : List.of("shop_web", "uid-1")) {
      SwitchPorts ports =
          bind(
                  settings(),
                  port("br0", 0xfffe),
                  port("v1", 4, "iface-id", id, "attached-mac", "0a:58:00:00:00:01"))
              .ports();
      assertEquals(List.of(new SwitchPorts.Bound(4, "v1", 0x0a5800000001L, WEB)), ports.bound());
      assertEquals(Optional.of(0x020000000007L), ports.host().orElseThrow().mac());
      assertEquals(List.of(), ports.unknown());
    }
  }

  @Test
  void withoutMacItIsLearnedForThisBindingOnly() throws Exception {
    SwitchConfig.Interface v1 = port("v1", 4, "iface-id", "shop_web");
    assertEquals(List.of(4), bind(settings(), v1).ports().learning());
    Map<Bindings.Learned, Long> learned = Map.of(new Bindings.Learned(4, "v1", WEB), 0x0a01L);
    assertEquals(1, bind(settings(), Map.of(), learned, v1).ports().bound().size());
    SwitchConfig.Interface moved = port("v2", 5, "iface-id", "shop_web");
    assertEquals(List.of(5), bind(settings(), Map.of(), learned, moved).ports().learning());
  }

  @Test
  void aLearnedMacGivesWayToOneThatIsStated() throws Exception {
    EndpointId thief = new EndpointId("shop", "thief", "uid-2");
    SwitchConfig.Bridge bridge =
        new SwitchConfig.Bridge(
            "u",
            "br0",
            "secure",
            "",
            Map.of(),
            List.of(
                port("v1", 4, "iface-id", "shop_thief"),
                port("v2", 5, "iface-id", "shop_web", "attached-mac", "0a:58:00:00:00:01")));
    Map<Bindings.Learned, Long> learned =
        Map.of(new Bindings.Learned(4, "v1", thief), 0x0a5800000001L);
    SwitchPorts ports =
        Bindings.of(settings(), bridge, Set.of(WEB, thief), Map.of(), learned).ports();
    assertEquals(List.of(new SwitchPorts.Bound(5, "v2", 0x0a5800000001L, WEB)), ports.bound());
    assertEquals(List.of(4), ports.learning());
  }

  @Test
  void whatIsNotBoundIsUnknownAndSaysWhy() throws Exception {
    Bindings bindings =
        bind(
            settings("uplinkPorts", "eth1,eth2"),
            port("v1", 4),
            port("v2", 5, "iface-id", "shop_other", "attached-mac", "0a:58:00:00:00:01"),
            port("v3", 6, "iface-id", "shop_web", "attached-mac", "01:58:00:00:00:01"),
            port("v4", 0, "iface-id", "shop_web"),
            port("eth1", 7));
    assertEquals(
        List.of(4, 5), bindings.ports().unknown(), "v3 is denied, never an allowed unknown");
    assertEquals(List.of(7), bindings.ports().uplinks());
    String problems = bindings.problems().toString();
    assertTrue(problems.contains("attached-mac"), problems);
    assertTrue(problems.contains("eth2"), problems);
    assertTrue(problems.contains("hostPort"), problems);
  }

  @Test
  void ofTwoPortsThatClaimOnePodTheNewerIsBound() throws Exception {
    Bindings bindings =
        bind(
            settings(),
            port("br0", 0xfffe),
            port("v2", 9, "iface-id", "shop_web", "attached-mac", "0a:58:00:00:00:02"),
            port("v1", 4, "iface-id", "shop_web", "attached-mac", "0a:58:00:00:00:01"));
    assertEquals("v2", bindings.ports().bound().getFirst().name());
    assertEquals(1, bindings.ports().bound().size());
    assertEquals(List.of(), bindings.ports().unknown(), "v1 is denied, never an allowed unknown");
    assertEquals(1, bindings.problems().size());
  }

  @Test
  void theFileBindsToo() throws Exception {
    Map<String, PortsFile.Line> file = Map.of("v1", new PortsFile.Line("shop", "web", 0x0a01L));
    assertEquals(
        List.of(new SwitchPorts.Bound(4, "v1", 0x0a01L, WEB)),
        bind(settings(), file, Map.of(), port("v1", 4)).ports().bound());
  }

  @Test
  void settingsNameTheKeyThatIsWrong() {
    for (String[] wrong :
        new String[][] {
          {"zone", "0"},
          {"zone", "x"},
          {"established", "never"},
          {"podRanges", "10.0.0.0/33"},
          {"finalAction", "flood"},
          {"finalAction", "table:12"},
          {"firstTable", "250"},
          {"manageBridge", "yes"}
        }) {
      Settings.InvalidException e =
          assertThrows(Settings.InvalidException.class, () -> settings(wrong));
      assertEquals(wrong[0], e.key());
    }
    assertThrows(Settings.InvalidException.class, () -> Settings.of(new Keys(Map.of())));
  }
}
