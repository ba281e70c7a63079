package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.control.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NeighboursTest {
  private static final Path OVS = Path.of("/var/run/openvswitch/db.sock");

  private static List<Finding> found(
      Map<String, String> outputs, List<String> interfaces, Path... there) {
    return new Neighbours(
            command -> outputs.get(command.getFirst()),
            () -> interfaces,
            path -> List.of(there).contains(path))
        .get();
  }

  @Test
  void chainsNameTheirEngine() {
    List<Finding> found =
        found(
            Map.of(
                "nft",
                """
                table ip filter {
                \tchain KUBE-POD-FW-ABC {
                \t}
                \tchain KUBE-NWPLCY-DEF {
                \t}
                \tchain KUBE-FORWARD {
                \t}
                }
                table inet calico {
                }
                """),
            List.of("eth0", "lo"));
    assertEquals(
        List.of("Node/Calico", "Node/kube-router"), found.stream().map(Finding::object).toList());
    assertTrue(
        found.getLast().message().contains("chain KUBE-NWPLCY-DEF, chain KUBE-POD-FW-ABC"),
        found.getLast().message());
  }

  @Test
  void legacyTablesAreReadWhereThereAreAny() {
    List<Finding> found =
        found(
            Map.of("nft", "", "iptables-legacy-save", "*filter\n:CILIUM_FORWARD - [0:0]\nCOMMIT\n"),
            List.of(),
            Path.of("/proc/net/ip_tables_names"));
    assertEquals(List.of("Node/Cilium"), found.stream().map(Finding::object).toList());
  }

  @Test
  void interfacesAndBridgesAreTraces() {
    List<Finding> found =
        found(
            Map.of("nft", "", "ovs-vsctl", "br-int {ovn-bridge-mappings=x}\nbr-ex {}\n"),
            List.of("antrea-gw0", "cali0123456789a", "california", "cilium_host"),
            OVS);
    assertEquals(
        List.of("Node/Antrea", "Node/Calico", "Node/Cilium", "Node/OVN"),
        found.stream().map(Finding::object).toList());
    assertTrue(found.getLast().message().contains("(bridge br-int)"), found.getLast().message());
  }

  @Test
  void whatCanNotBeReadIsUnknownAndNotAbsent() {
    List<Finding> found = found(Map.of(), List.of(), OVS);
    assertEquals(
        List.of("other-engine-unknown", "other-engine-unknown"),
        found.stream().map(Finding::id).toList());
    assertEquals(List.of(), found(Map.of("nft", ""), List.of("eth0")));
  }

  @Test
  void thisHostIsReadWithoutTrouble() {
    // nft is installed where tests run; what it finds here is not for a test to say.
    assertTrue(
        Neighbours.ofHost().get().stream()
            .noneMatch(
                finding ->
                    finding.id().equals("other-engine-unknown")
                        && finding.object().equals("Node/netfilter")));
  }
}
