package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.lab.Frames;
import io.sluice.lab.Mac;
import io.sluice.lab.PacketSocket;
import io.sluice.lab.Pod;
import io.sluice.lab.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a pod can do with raw packets to reach an isolated one behind a router: nothing. In
 * namespace shop only friend may send to db; mallory in lan is not isolated. The same packets do
 * arrive through the router alone, so that silence means something.
 */
class RoutedAttacksTest {
  private static final int PORT = 6000;
  private static final int UDP = Transport.UDP.number();

  private static Rig rig;
  private static Pod web;
  private static Pod db;
  private static Pod friend;
  private static Pod mallory;
  private static Mac gateway;

  @BeforeAll
  static void start() throws IOException {
    Manifests manifests =
        Scenes.allow(Scenes.pods().policy("shop", "deny", Scenes.DENY_ALL), "friend", "db");
    rig = new Rig(Backend.NFTABLES, manifests.cluster(), Set.of());
    web = rig.pod("shop/web");
    db = rig.pod("shop/db");
    friend = rig.pod("shop/friend");
    mallory = rig.pod("lan/mallory");
    gateway = rig.nextHop(mallory, db);
    assertEquals(new TreeSet<>(forged().keySet()), heard(db, mallory, forged()), "a router");
    rig.start(Map.of());
    rig.become(manifests.cluster());
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @Test
  void noForgedPacketReachesAnIsolatedPod() throws IOException {
    assertEquals(Set.of(), heard(db, mallory, forged()));
  }

  @Test
  void spoofedPacketsReachNobody() throws IOException {
    Map<String, byte[]> packets = new LinkedHashMap<>();
    for (boolean v4 : List.of(true, false)) {
      udp(packets, "an isolated pod's" + v4, address(web, v4), address(friend, v4));
      udp(packets, "an allowed pod's" + v4, address(friend, v4), address(mallory, v4));
    }
    for (Pod victim : List.of(friend, mallory)) {
      assertEquals(Set.of(), heard(victim, mallory, packets));
    }
    rig.await(() -> rig.denials().stream().anyMatch(denial -> denial.reason().contains("claims")));
  }

  @Test
  void onlyItsEndsSendErrorsAboutAConnection() throws IOException {
    for (boolean v4 : List.of(true, false)) {
      Map<String, byte[]> opening = new LinkedHashMap<>();
      udp(
          opening,
          "opening",
          address(friend, v4),
          address(db, v4),
          rig.nextHop(friend, db),
          friend);
      assertEquals(Set.of("opening"), heard(db, friend, opening));
      Map<String, byte[]> reply = new LinkedHashMap<>();
      udp(reply, "reply", address(db, v4), address(friend, v4), rig.nextHop(db, friend), db);
      assertEquals(Set.of("reply"), heard(friend, db, reply));
      for (Pod bystander : List.of(web, mallory)) {
        assertEquals(Set.of(), heard(friend, bystander, error(bystander, friend, db, v4)));
        assertEquals(Set.of(), heard(db, bystander, error(bystander, db, friend, v4)));
      }
      assertEquals(Set.of("error"), heard(friend, db, error(db, friend, db, v4)));
      assertEquals(Set.of("error"), heard(db, friend, error(friend, db, friend, v4)));
    }
  }

  /** Claims, packets of no connection, and protocols that no policy names. */
  private static Map<String, byte[]> forged() {
    Map<String, byte[]> packets = new LinkedHashMap<>();
    for (boolean v4 : List.of(true, false)) {
      String family = v4 ? " v4" : " v6";
      udp(packets, "straight" + family, address(mallory, v4), address(db, v4));
      udp(packets, "an allowed pod's" + family, address(friend, v4), address(db, v4));
      InetAddress extra = InetAddress.ofLiteral(v4 ? "10.1.0.77" : "fd00:1::77");
      udp(packets, "an extra address" + family, extra, address(db, v4));
      udp(packets, "its own" + family, address(db, v4), address(db, v4));
      for (int protocol : List.of(47, 50, 253)) {
        ip(packets, "protocol " + protocol + family, v4, protocol, new byte[8]);
      }
      for (int flags : List.of(2, 4, 16, 17, 18)) {
        byte[] segment = Frames.tcp(address(mallory, v4), PORT, address(db, v4), PORT, flags);
        ip(packets, "TCP " + flags + family, v4, 6, segment);
      }
      byte[] echo = {0, 1, 0, 1};
      for (int type : v4 ? List.of(0, 8) : List.of(128, 129)) {
        byte[] message =
            Frames.icmp(
                address(mallory, v4),
                address(db, v4),
                type,
                0,
                marked(echo, "echo " + type + family));
        frame(packets, "echo " + type + family, v4, v4 ? 1 : 58, message);
      }
    }
    return packets;
  }

  private static InetAddress address(Pod pod, boolean v4) {
    return v4 ? pod.v4() : pod.v6();
  }

  private static void udp(
      Map<String, byte[]> packets, String name, InetAddress source, InetAddress target) {
    udp(packets, name, source, target, gateway, mallory);
  }

  private static void udp(
      Map<String, byte[]> packets,
      String name,
      InetAddress source,
      InetAddress target,
      Mac to,
      Pod from) {
    byte[] datagram = Frames.udp(source, PORT, target, PORT, mark(name));
    packets.put(name, Frames.ip(to, from.mac(), source, target, UDP, datagram));
  }

  private static void ip(
      Map<String, byte[]> packets, String name, boolean v4, int protocol, byte[] head) {
    frame(packets, name, v4, protocol, marked(head, name));
  }

  private static void frame(
      Map<String, byte[]> packets, String name, boolean v4, int protocol, byte[] payload) {
    packets.put(
        name,
        Frames.ip(
            gateway, mallory.mac(), address(mallory, v4), address(db, v4), protocol, payload));
  }

  /** An error to one end of a connection about what it sent to the other. */
  private static Map<String, byte[]> error(Pod from, Pod end, Pod other, boolean v4)
      throws IOException {
    InetAddress source = address(from, v4);
    InetAddress target = address(end, v4);
    byte[] datagram = Frames.udp(target, PORT, address(other, v4), PORT, mark("error"));
    byte[] offender = Frames.packet(target, address(other, v4), UDP, datagram);
    byte[] rest = ByteBuffer.allocate(4 + offender.length).putInt(0).put(offender).array();
    // Port unreachable: RFC 792, RFC 4443 section 3.1.
    byte[] message = Frames.icmp(source, target, v4 ? 3 : 1, v4 ? 3 : 4, rest);
    int protocol = Frames.icmpProtocol(target);
    Mac to = rig.nextHop(from, end);
    return Map.of("error", Frames.ip(to, from.mac(), source, target, protocol, message));
  }

  private static byte[] mark(String name) {
    return ("<" + name + ">").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] marked(byte[] head, String name) {
    byte[] mark = mark(name);
    return ByteBuffer.allocate(head.length + mark.length).put(head).put(mark).array();
  }

  /** Which of the packets arrive. */
  private static Set<String> heard(Pod at, Pod from, Map<String, byte[]> packets)
      throws IOException {
    try (PacketSocket mouth = PacketSocket.open(from);
        PacketSocket ear = PacketSocket.open(at)) {
      for (byte[] packet : packets.values()) {
        mouth.send(packet);
      }
      Rig.sleep(400);
      Set<String> heard = new TreeSet<>();
      for (byte[] frame : ear.drain()) {
        packets.keySet().stream()
            .filter(name -> Frames.contains(frame, mark(name)))
            .forEach(heard::add);
      }
      return heard;
    }
  }
}
