package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.net.IpAddress;
import io.sluice.lab.Host;
import io.sluice.lab.Outcome;
import io.sluice.lab.Pod;
import io.sluice.lab.Probe;
import io.sluice.lab.Traffic;
import io.sluice.lab.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Services, translated as kube-proxy does it: a packet to a ClusterIP is judged as one to the pod
 * behind it and its port, and by the client's own address.
 */
class ServicesTest {
  private static final int PORT = 80;
  private static final int TARGET = 8080;
  private static final IpAddress REMOTE_V4 = IpAddress.parse("10.2.0.5");
  private static final IpAddress REMOTE_V6 = IpAddress.parse("fd00:12::5");
  private static final String LOCAL = "10.96.0.10 fd00:96::10";
  private static final String ELSEWHERE = "10.96.0.20 fd00:96::20";

  /** What kube-proxy would write for two Services; with masquerading where a pod reaches itself. */
  private static final String PROXY =
      """
      table inet proxy {
        chain services {
          ip daddr 10.96.0.10 tcp dport 80 dnat ip to 10.1.0.12:8080
          ip daddr 10.96.0.20 tcp dport 80 dnat ip to 10.2.0.5:8080
          ip daddr 172.16.0.1 tcp dport 30080 dnat ip to 10.1.0.12:8080
          ip6 daddr fd00:96::10 tcp dport 80 dnat ip6 to [fd00:1::12]:8080
          ip6 daddr fd00:96::20 tcp dport 80 dnat ip6 to [fd00:12::5]:8080
          ip6 daddr fd00:2::1 tcp dport 30080 dnat ip6 to [fd00:1::12]:8080
        }
        chain prerouting { type nat hook prerouting priority dstnat; jump services; }
        chain output { type nat hook output priority -100; jump services; }
        chain postrouting {
          type nat hook postrouting priority srcnat;
          ip saddr 10.1.0.12 ip daddr 10.1.0.12 masquerade
          ip6 saddr fd00:1::12 ip6 daddr fd00:1::12 masquerade
          meta l4proto tcp ct original proto-dst 30080 masquerade
        }
      }
      """;

  private static Rig rig;
  private static Pod web;
  private static Pod db;
  private static Pod friend;
  private static Path script;

  private static Manifests scene() {
    return Scenes.pods().policy("shop", "deny", Scenes.DENY_ALL);
  }

  @BeforeAll
  static void start() throws IOException {
    rig =
        new Rig(
            Backend.NFTABLES,
            scene().cluster(),
            Set.of(
                REMOTE_V4,
                REMOTE_V6,
                IpAddress.parse("203.0.113.9"),
                IpAddress.parse("2001:db8::9")));
    web = rig.pod("shop/web");
    db = rig.pod("shop/db");
    friend = rig.pod("shop/friend");
    script = Files.writeString(Files.createTempFile("proxy", ".nft"), PROXY);
    rig.router().nft("-f", script.toString());
    for (Host server : List.of(db, rig.outside())) {
      rig.traffic().listen(server, Transport.TCP, TARGET);
    }
    for (String service : List.of(LOCAL, ELSEWHERE)) {
      assertEquals(everybody().keySet(), served(service), "without policies");
    }
    rig.start(Map.of());
  }

  @AfterAll
  static void stop() throws IOException {
    rig.close();
    Files.delete(script);
  }

  private static List<Probe> probes(Host from, String service) {
    return Arrays.stream(service.split(" ", -1))
        .map(address -> new Probe(from, InetAddress.ofLiteral(address), Transport.TCP, PORT))
        .toList();
  }

  /** Who gets an answer from a Service, in both families or in none. */
  private static Set<String> served(String service) throws IOException {
    List<Probe> probes = new ArrayList<>();
    everybody().values().forEach(host -> probes.addAll(probes(host, service)));
    Map<Probe, Outcome> outcomes = rig.traffic().probe(probes, Traffic.PATIENCE);
    Set<String> served = new TreeSet<>();
    for (Map.Entry<String, Host> host : everybody().entrySet()) {
      Set<Outcome> both = new HashSet<>();
      probes(host.getValue(), service).forEach(probe -> both.add(outcomes.get(probe)));
      assertEquals(1, both.size(), host.getKey() + " in one family only: " + outcomes);
      if (both.contains(Outcome.ANSWERED)) {
        served.add(host.getKey());
      }
    }
    return served;
  }

  private static Map<String, Host> everybody() {
    Map<String, Host> hosts = new LinkedHashMap<>();
    hosts.put("web", web);
    hosts.put("friend", friend);
    hosts.put("mallory", rig.pod("lan/mallory"));
    hosts.put("db", db);
    hosts.put("node", rig.host());
    return hosts;
  }

  @Test
  void isolatedPodsAreReachedThroughServicesByThemselvesAndTheNodeOnly() throws IOException {
    rig.become(scene().cluster());
    assertEquals(Set.of("db", "node"), served(LOCAL));
    assertEquals(Set.of("mallory", "node"), served(ELSEWHERE));
  }

  @Test
  void policiesSayThePodBehindAndItsPort() throws IOException {
    rig.become(toDb(TARGET).cluster());
    assertEquals(Set.of("db", "node", "web"), served(LOCAL));
    rig.become(toDb(PORT).cluster());
    assertEquals(Set.of("db", "node"), served(LOCAL));
  }

  private static Manifests toDb(int port) {
    return scene()
        .policy(
            "shop",
            "from-web",
            """
            podSelector: {matchLabels: {name: web}}
            policyTypes: [Egress]
            egress: [{to: [{podSelector: {matchLabels: {name: db}}}], ports: [{port: %d}]}]
            """
                .formatted(port))
        .policy(
            "shop",
            "to-db",
            """
            podSelector: {matchLabels: {name: db}}
            policyTypes: [Ingress]
            ingress: [{from: [{podSelector: {matchLabels: {name: web}}}], ports: [{port: %d}]}]
            """
                .formatted(port));
  }

  @Test
  void podsElsewhereAreReachedThroughServices() throws IOException {
    rig.become(toBlocks("10.2.0.0/16", "fd00:12::/64").cluster());
    assertEquals(Set.of("mallory", "node", "web"), served(ELSEWHERE));
  }

  @Test
  void theServicesOwnAddressAllowsNothing() throws IOException {
    rig.become(toBlocks("10.96.0.0/16", "fd00:96::/64").cluster());
    assertEquals(Set.of("mallory", "node"), served(ELSEWHERE));
  }

  private static Manifests toBlocks(String v4, String v6) {
    return scene()
        .policy(
            "shop",
            "from-web",
            """
            podSelector: {matchLabels: {name: web}}
            policyTypes: [Egress]
            egress: [{to: [{ipBlock: {cidr: %s}}, {ipBlock: {cidr: "%s"}}]}]
            """
                .formatted(v4, v6));
  }

  @Test
  void aNodePortIsJudgedByTheClientsAddress() throws IOException {
    assertEquals(Outcome.SILENT, throughNodePort(scene(), "203.0.113.9"));
    Manifests open =
        scene()
            .policy(
                "shop",
                "to-db",
                """
                podSelector: {matchLabels: {name: db}}
                policyTypes: [Ingress]
                ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24}}, {ipBlock: {cidr: "2001:db8::/64"}}]}]
                """);
    assertEquals(Outcome.ANSWERED, throughNodePort(open, "203.0.113.9"));
    assertEquals(Outcome.ANSWERED, throughNodePort(open, "2001:db8::9"));
    assertEquals(Outcome.SILENT, throughNodePort(open, REMOTE_V4.toString()));
  }

  private static Outcome throughNodePort(Manifests manifests, String client) throws IOException {
    rig.become(manifests.cluster());
    InetAddress source = InetAddress.ofLiteral(client);
    InetAddress node =
        InetAddress.ofLiteral(source.getAddress().length == 4 ? Scenes.NODE_V4 : Scenes.NODE_V6);
    return rig.traffic().probe(new Probe(rig.outside(), source, node, Transport.TCP, 30080));
  }
}
