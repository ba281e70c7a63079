package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.lab.Frames;
import io.sluice.lab.Host;
import io.sluice.lab.Mac;
import io.sluice.lab.PacketSocket;
import io.sluice.lab.Pod;
import io.sluice.lab.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What a pod can do with raw frames to reach an isolated one: nothing. The same frames do reach it
 * through a learning switch, so that silence means something.
 */
class AttacksTest {
  private static final int PORT = 4789;

  @Test
  void noForgedFrameReachesAnIsolatedPod() throws IOException {
    Manifests manifests =
        Scenes.allow(Scenes.pods().policy("shop", "deny", Scenes.DENY_ALL), "friend", "db");
    try (Rig rig = new Rig(manifests.cluster(), Set.of())) {
      Map<String, byte[]> attacks = attacks(rig);
      rig.node().replaceFlows("priority=0,actions=FLOOD\n");
      assertEquals(new TreeSet<>(attacks.keySet()), heard(rig, attacks), "through a hub");

      rig.start(Map.of());
      rig.become(manifests.cluster());
      assertEquals(Set.of(), heard(rig, attacks), "through Sluice");
    }
  }

  /** Which of the frames arrive at the victim. */
  private static Set<String> heard(Rig rig, Map<String, byte[]> attacks) throws IOException {
    Set<String> heard = new TreeSet<>();
    try (PacketSocket mouth = PacketSocket.open(rig.pod("lan/mallory"));
        PacketSocket ear = PacketSocket.open(rig.pod("shop/db"))) {
      for (byte[] frame : attacks.values()) {
        mouth.send(frame);
      }
      Rig.sleep(700);
      for (byte[] frame : ear.drain()) {
        attacks.keySet().stream()
            .filter(name -> Frames.contains(frame, mark(name)))
            .forEach(heard::add);
      }
    }
    return heard;
  }

  private static byte[] mark(String name) {
    return ("<" + name + ">").getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, byte[]> attacks(Rig rig) {
    Pod mallory = rig.pod("lan/mallory");
    Pod victim = rig.pod("shop/db");
    Pod friend = rig.pod("shop/friend");
    Forger forger = new Forger(mallory, victim);
    forger.udp("link-local to link-local", linkLocal(mallory), linkLocal(victim));
    forger.udp("link-local to the pod's address", linkLocal(mallory), victim.v6());
    forger.udp("own address to link-local", mallory.v6(), linkLocal(victim));
    forger.udp("IPv4 link-local", address("169.254.3.4"), address("169.254.3.5"));
    for (Host other : List.of(friend, rig.node())) {
      String whose = other.equals(friend) ? "an allowed pod's" : "the node's";
      forger.udp(whose + " IPv4 address", other.v4(), victim.v4());
      forger.udp(whose + " IPv6 address", other.v6(), victim.v6());
      forger.udp(whose + " IPv4 address and MAC", other.mac(), other.v4(), victim.v4());
      forger.udp(whose + " IPv6 address and MAC", other.mac(), other.v6(), victim.v6());
    }
    forger.udp("an extra IPv4 address", address("10.1.0.77"), victim.v4());
    forger.udp("an extra IPv6 address", address("fd00:1::77"), victim.v6());
    forger.udp("a victim's own address", victim.v4(), victim.v4());
    forger.udp("no address", address("0.0.0.0"), victim.v4());
    forger.udp("straight", mallory.v4(), victim.v4());
    forger.udp("straight over IPv6", mallory.v6(), victim.v6());
    forger.cast("IPv4 broadcast", Mac.BROADCAST, mallory.v4(), address("255.255.255.255"));
    forger.cast("IPv4 to all by MAC", Mac.BROADCAST, mallory.v4(), victim.v4());
    Mac allV4 = Mac.parse("01:00:5e:00:00:01");
    forger.cast("IPv4 multicast", allV4, mallory.v4(), address("224.0.0.1"));
    Mac allV6 = Mac.parse("33:33:00:00:00:01");
    forger.cast("IPv6 multicast", allV6, mallory.v6(), address("ff02::1"));
    forger.cast("IPv6 multicast, link-local", allV6, linkLocal(mallory), address("ff02::1"));
    forger.frame("no IP at all", victim.mac(), 0x88b5);
    forger.frame("no IP to all", Mac.BROADCAST, 0x88b5);
    return forger.frames;
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }

  /** The address that a MAC gives itself (RFC 4291 appendix A). */
  private static InetAddress linkLocal(Host host) {
    byte[] mac = host.mac().bytes();
    byte[] bytes = new byte[16];
    bytes[0] = (byte) 0xfe;
    bytes[1] = (byte) 0x80;
    System.arraycopy(mac, 0, bytes, 8, 3);
    bytes[8] ^= 2;
    bytes[11] = (byte) 0xff;
    bytes[12] = (byte) 0xfe;
    System.arraycopy(mac, 3, bytes, 13, 3);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }

  /** Collects frames by name; the name is also the mark in the frame. */
  private static final class Forger {
    private final Map<String, byte[]> frames = new LinkedHashMap<>();
    private final Pod from;
    private final Pod victim;

    Forger(Pod from, Pod victim) {
      this.from = from;
      this.victim = victim;
    }

    void udp(String name, InetAddress source, InetAddress target) {
      udp(name, from.mac(), source, target);
    }

    void udp(String name, Mac mac, InetAddress source, InetAddress target) {
      add(name, victim.mac(), mac, source, target);
    }

    void cast(String name, Mac to, InetAddress source, InetAddress target) {
      add(name, to, from.mac(), source, target);
    }

    void frame(String name, Mac to, int type) {
      frames.put(name, Frames.ethernet(to, from.mac(), type, mark(name)));
    }

    private void add(String name, Mac to, Mac mac, InetAddress source, InetAddress target) {
      byte[] datagram = Frames.udp(source, PORT, target, PORT, mark(name));
      frames.put(name, Frames.ip(to, mac, source, target, Transport.UDP.number(), datagram));
    }
  }
}
