package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.net.IpAddress;
import io.sluice.lab.Frames;
import io.sluice.lab.Host;
import io.sluice.lab.NetworkNamespace;
import io.sluice.lab.Outcome;
import io.sluice.lab.OutputSocket;
import io.sluice.lab.PacketSocket;
import io.sluice.lab.Pod;
import io.sluice.lab.Probe;
import io.sluice.lab.Traffic;
import io.sluice.lab.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What there is only on a node that routes. */
class RouterTest {
  private static final int PORT = 80;
  private static final String BRIDGE = "brp";
  private static final Set<IpAddress> OUTSIDE =
      Set.of(IpAddress.parse("203.0.113.9"), IpAddress.parse("2001:db8::9"));

  private static Manifests scene() {
    return Scenes.allow(Scenes.pods().policy("shop", "deny", Scenes.DENY_ALL), "web", "db");
  }

  private static InetAddress address(Host host, boolean v4) {
    return v4 ? host.v4() : host.v6();
  }

  private static Set<Outcome> outcomes(Rig rig, Host from, Host to, Transport transport)
      throws IOException {
    List<Probe> probes = new ArrayList<>();
    for (boolean v4 : List.of(true, false)) {
      probes.add(new Probe(from, address(to, v4), transport, PORT));
    }
    return new HashSet<>(rig.traffic().probe(probes, Traffic.PATIENCE).values());
  }

  /** A proxy in the kernel sends pods' packets out of the node itself, with the pods' addresses. */
  @Test
  void whatLeavesTheNodeForAPodIsJudgedAsThePods() throws IOException {
    try (Rig rig = new Rig(Backend.NFTABLES, scene().cluster(), Set.of())) {
      rig.start(Map.of());
      rig.become(scene().cluster());
      Pod db = rig.pod("shop/db");
      for (boolean v4 : List.of(true, false)) {
        Set<String> heard = new HashSet<>();
        Set<String> refused = new HashSet<>();
        try (OutputSocket mouth = OutputSocket.open(rig.host(), v4);
            PacketSocket ear = PacketSocket.open(db)) {
          for (String name : List.of("shop/friend", "lan/mallory", "shop/web")) {
            if (!sent(mouth, packet(rig.pod(name), db, v4, name))) {
              refused.add(name);
            }
          }
          mouth.send(packet(rig.host(), db, v4, "node"));
          // The last that may arrive: what comes before it and may not has had its time.
          assertTrue(
              ear.await(frame -> note(frame, heard, "node"), Duration.ofSeconds(5)).isPresent());
        }
        assertEquals(Set.of("node", "shop/web"), heard);
        assertEquals(Set.of("shop/friend", "lan/mallory"), refused);
      }
    }
  }

  /** The filter tells whoever sends from the node itself. */
  private static boolean sent(OutputSocket mouth, byte[] packet) throws IOException {
    try {
      mouth.send(packet);
      return true;
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).endsWith("errno 1")) {
        return false;
      }
      throw e;
    }
  }

  private static boolean note(byte[] frame, Set<String> heard, String last) {
    for (String name : List.of("shop/friend", "lan/mallory", "shop/web", "node")) {
      if (Frames.contains(frame, mark(name))) {
        heard.add(name);
      }
    }
    return heard.contains(last);
  }

  private static byte[] mark(String name) {
    return ("<" + name + ">").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] packet(Host from, Host to, boolean v4, String name) {
    InetAddress source = address(from, v4);
    InetAddress target = address(to, v4);
    byte[] datagram = Frames.udp(source, PORT, target, PORT, mark(name));
    return Frames.packet(source, target, Transport.UDP.number(), datagram);
  }

  @Test
  void theKeysSayWhatBecomesOfDeniedPacketsAndOfUnknownPods() throws IOException {
    try (Rig rig = new Rig(Backend.NFTABLES, scene().cluster(), OUTSIDE)) {
      rig.start(Map.of());
      rig.become(scene().cluster());
      Pod web = rig.pod("shop/web");
      Pod friend = rig.pod("shop/friend");
      Pod mallory = rig.pod("lan/mallory");
      for (Host host : List.of(friend, mallory, rig.outside(), rig.host())) {
        rig.traffic().listen(host, Transport.TCP, PORT);
      }
      assertEquals(Set.of(Outcome.SILENT), outcomes(rig, web, friend, Transport.TCP));
      configure(rig, Map.of("deny", "reject"));
      assertEquals(Set.of(Outcome.REFUSED), outcomes(rig, web, friend, Transport.TCP));
      for (boolean v4 : List.of(true, false)) {
        assertTrue(prohibited(rig, web, friend, v4), "UDP is answered by ICMP");
      }
      // Known, it speaks; unknown, it does not, to nobody, nor anybody to it.
      assertEquals(Set.of(Outcome.ANSWERED), outcomes(rig, mallory, rig.outside(), Transport.TCP));
      rig.become(withoutMallory().cluster());
      for (Map<String, String> keys :
          List.of(
              Map.of("podRanges", "10.1.0.0/16,fd00:1::/64"),
              Map.of("podInterfaces", mallory.port()))) {
        configure(rig, keys);
        assertEquals(Set.of(Outcome.SILENT), outcomes(rig, mallory, rig.outside(), Transport.TCP));
        assertEquals(Set.of(Outcome.SILENT), outcomes(rig, rig.outside(), mallory, Transport.TCP));
        assertEquals(Set.of(Outcome.SILENT), outcomes(rig, mallory, rig.host(), Transport.TCP));
      }
      configure(rig, Map.of("podRanges", "10.1.0.0/16,fd00:1::/64", "unknownPods", "allow"));
      assertEquals(Set.of(Outcome.ANSWERED), outcomes(rig, mallory, rig.outside(), Transport.TCP));
      assertEquals(Set.of(Outcome.ANSWERED), outcomes(rig, rig.outside(), mallory, Transport.TCP));
    }
  }

  /** Changes the keys; what is asked after that is done after it. */
  private static void configure(Rig rig, Map<String, String> keys) {
    rig.configure(keys);
    rig.awaitReady();
  }

  private static Manifests withoutMallory() {
    return Scenes.allow(
        new Manifests()
            .node(Manifests.NODE, Scenes.NODE_V4, Scenes.NODE_V6)
            .namespace("shop")
            .pod("shop", "web", "10.1.0.11", "fd00:1::11")
            .pod("shop", "db", "10.1.0.12", "fd00:1::12")
            .pod("shop", "friend", "10.1.0.13", "fd00:1::13")
            .policy("shop", "deny", Scenes.DENY_ALL),
        "web",
        "db");
  }

  /** Whether a datagram is answered by "administratively prohibited" (RFC 1812, RFC 4443). */
  private static boolean prohibited(Rig rig, Pod from, Pod to, boolean v4) throws IOException {
    int at = v4 ? 34 : 54;
    byte type = (byte) (v4 ? 3 : 1);
    byte code = (byte) (v4 ? 13 : 1);
    try (PacketSocket socket = PacketSocket.open(from)) {
      socket.send(
          Frames.ip(
              rig.nextHop(from, to),
              from.mac(),
              address(from, v4),
              address(to, v4),
              Transport.UDP.number(),
              Frames.udp(address(from, v4), PORT, address(to, v4), PORT, mark("denied"))));
      return socket
          .await(
              frame ->
                  frame.length > at + 1
                      && frame[at] == type
                      && frame[at + 1] == code
                      && Frames.contains(frame, from.addresses().getFirst().getAddress()) == v4,
              Duration.ofSeconds(3))
          .isPresent();
    }
  }

  /** On a Linux bridge, packets between its pods pass the filter only if it is told to. */
  @Test
  void bridgedPodsAreRefusedUntilTheFilterSeesThem() throws IOException {
    try (Rig rig = new Rig(Backend.NFTABLES, scene().cluster(), Set.of())) {
      NetworkNamespace node = rig.router().namespace();
      bridge(rig, node);
      Pod web = rig.pod("shop/web");
      Pod db = rig.pod("shop/db");
      Pod friend = rig.pod("shop/friend");
      for (Pod pod : List.of(db, friend)) {
        rig.traffic().listen(pod, Transport.TCP, PORT);
      }
      Probe forbidden = new Probe(web, friend.v4(), Transport.TCP, PORT);
      hand(node, false);
      assertEquals(Outcome.ANSWERED, rig.traffic().probe(forbidden));
      rig.start(Map.of());
      assertThrows(AssertionError.class, () -> rig.become(scene().cluster()));
      assertTrue(rig.problems().contains("what they send each other passes no filter"));
      assertTrue(rig.problems().contains("modprobe br_netfilter && sysctl"), rig.problems());
      hand(node, true);
      rig.crash();
      rig.begin(Map.of());
      rig.resume();
      assertEquals(
          Outcome.ANSWERED, rig.traffic().probe(new Probe(web, db.v4(), Transport.TCP, PORT)));
      assertEquals(Outcome.SILENT, rig.traffic().probe(forbidden));
    }
  }

  private static void hand(NetworkNamespace node, boolean over) throws IOException {
    for (String key : List.of("iptables", "ip6tables")) {
      node.sysctl("bridge/bridge-nf-call-" + key, over ? "1" : "0");
    }
  }

  /** Puts the pods on a bridge, where they reach each other without the node's routing. */
  private static void bridge(Rig rig, NetworkNamespace node) throws IOException {
    node.run("ip", "link", "add", BRIDGE, "type", "bridge", "mcast_snooping", "0");
    node.run("ip", "link", "set", BRIDGE, "up");
    for (Pod pod : rig.pods().values()) {
      node.run("ip", "link", "set", pod.port(), "master", BRIDGE);
      for (InetAddress address : pod.addresses()) {
        String host = address.getHostAddress();
        node.run("ip", "route", "replace", host, "dev", BRIDGE);
        for (Pod other : rig.pods().values()) {
          if (!other.equals(pod)) {
            other.namespace().run("ip", "route", "add", host, "dev", "eth0");
          }
        }
      }
    }
  }
}
