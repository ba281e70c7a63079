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
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
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
 * Frames that borrow something true: a connection of others, an allowed address, an identity of a
 * neighbour. In namespace shop only friend may send to db; mallory in lan is not isolated.
 */
class MoreAttacksTest {
  private static final int PORT = 6000;
  private static final int UDP = Transport.UDP.number();
  private static final Mac ALL_NODES = Mac.parse("33:33:00:00:00:01");

  private static Rig rig;
  private static Pod web;
  private static Pod db;
  private static Pod friend;
  private static Pod mallory;

  @BeforeAll
  static void start() throws IOException {
    Manifests manifests =
        Scenes.allow(Scenes.pods().policy("shop", "deny", Scenes.DENY_ALL), "friend", "db");
    rig = new Rig(manifests.cluster(), Set.of());
    web = rig.pod("shop/web");
    db = rig.pod("shop/db");
    friend = rig.pod("shop/friend");
    mallory = rig.pod("lan/mallory");
    rig.node().replaceFlows("priority=0,actions=FLOOD\n");
    assertEquals(new TreeSet<>(outOfPlace().keySet()), heard(db, mallory, outOfPlace()), "a hub");
    assertEquals(new TreeSet<>(claims().keySet()), heard(friend, mallory, claims()), "a hub");
    rig.start(Map.of());
    rig.become(manifests.cluster());
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @Test
  void onlyItsEndsSendErrorsAboutAConnection() throws IOException {
    for (boolean v4 : List.of(true, false)) {
      Map<String, byte[]> opening = Map.of("opening", udp(friend, db, db.mac(), v4, "opening"));
      assertEquals(Set.of("opening"), heard(db, friend, opening));
      Map<String, byte[]> reply = Map.of("reply", udp(db, friend, friend.mac(), v4, "reply"));
      assertEquals(Set.of("reply"), heard(friend, db, reply));

      for (Pod bystander : List.of(web, mallory)) {
        assertEquals(Set.of(), heard(friend, bystander, error(bystander, friend, db, v4)));
        assertEquals(Set.of(), heard(db, bystander, error(bystander, db, friend, v4)));
      }
      assertEquals(Set.of("error"), heard(friend, db, error(db, friend, db, v4)));
      assertEquals(Set.of("error"), heard(db, friend, error(friend, db, friend, v4)));
    }
  }

  @Test
  void whatAnIsolatedPodSendsToAnAllowedAddressReachesNoOtherPod() throws IOException {
    for (boolean v4 : List.of(true, false)) {
      assertEquals(
          Set.of("true"), heard(db, friend, Map.of("true", udp(friend, db, db.mac(), v4, "true"))));
      for (Mac mac : List.of(mallory.mac(), Mac.BROADCAST, ALL_NODES)) {
        Map<String, byte[]> frame = Map.of("false", udp(friend, db, mac, v4, "false"));
        assertEquals(Set.of(), heard(mallory, friend, frame), mac.toString());
      }
    }
  }

  @Test
  void fragmentsAreJudgedAsTheWhole() throws IOException {
    for (boolean v4 : List.of(true, false)) {
      assertEquals(Set.of("big"), big(friend, v4));
      assertEquals(Set.of(), big(mallory, v4));
    }
  }

  /** Sends a datagram that the kernel has to fragment. */
  private static Set<String> big(Pod from, boolean v4) throws IOException {
    try (PacketSocket ear = PacketSocket.open(db);
        DatagramChannel channel = from.namespace().call(DatagramChannel::open)) {
      byte[] data = "<big>".repeat(800).getBytes(StandardCharsets.UTF_8);
      channel.send(ByteBuffer.wrap(data), new InetSocketAddress(address(db, v4), PORT));
      return marks(ear, Set.of("big"));
    }
  }

  @Test
  void noFrameOutOfPlaceReachesAnIsolatedPod() throws IOException {
    assertEquals(Set.of(), heard(db, mallory, outOfPlace()));
  }

  private static Map<String, byte[]> outOfPlace() {
    Map<String, byte[]> frames = new LinkedHashMap<>();
    for (int protocol : List.of(2, 47, 50, 51, 253)) {
      ip(frames, "protocol " + protocol, true, protocol, new byte[8]);
      ip(frames, "protocol " + protocol + " over IPv6", false, protocol, new byte[8]);
    }
    for (int flags : List.of(4, 16, 17, 18)) {
      ip(frames, "TCP " + flags, true, 6, tcp(true, flags));
      ip(frames, "TCP over IPv6 " + flags, false, 6, tcp(false, flags));
    }
    ip(frames, "echo reply", true, 1, icmp(true, 0));
    ip(frames, "echo reply over IPv6", false, 58, icmp(false, 129));
    byte[] options = {(byte) UDP, 0, 1, 4, 0, 0, 0, 0};
    ip(frames, "destination options", false, 60, options);
    byte[] lone = {(byte) UDP, 0, 0, 9, 0, 0, 0, 7};
    ip(frames, "later fragment alone", false, 44, lone);
    return frames;
  }

  @Test
  void nobodyClaimsWhatIsAnothersOnTheLink() throws IOException {
    assertEquals(Set.of(), heard(friend, mallory, claims()));
    Map<String, byte[]> own = new LinkedHashMap<>();
    byte[] arp = Frames.arp(2, mallory.mac(), mallory.v4(), friend.mac(), friend.v4());
    own.put(
        "own ARP",
        Frames.ethernet(friend.mac(), mallory.mac(), Frames.ARP, marked(arp, "own ARP")));
    advertise(own, "own NA", mallory.v6(), 0);
    assertEquals(own.keySet(), heard(friend, mallory, own), "what is its own passes");
  }

  private static Map<String, byte[]> claims() {
    Map<String, byte[]> frames = new LinkedHashMap<>();
    for (Host other : List.of(db, rig.node())) {
      String whose = other.device() + other.mac();
      for (int operation : List.of(1, 2)) {
        for (Mac to : List.of(friend.mac(), Mac.BROADCAST)) {
          String name = "ARP " + operation + whose + to;
          byte[] arp = Frames.arp(operation, mallory.mac(), other.v4(), friend.mac(), friend.v4());
          frames.put(name, Frames.ethernet(to, mallory.mac(), Frames.ARP, marked(arp, name)));
        }
      }
      advertise(frames, "NA " + whose, other.v6(), 2);
    }
    for (int type : List.of(133, 134, 137)) {
      String name = "discovery " + type;
      byte[] message = Frames.icmp(mallory.v6(), friend.v6(), type, 0, marked(new byte[36], name));
      for (boolean hidden : List.of(false, true)) {
        byte[] rest =
            ByteBuffer.allocate(8 + message.length)
                .putLong(0x3a00_0104_0000_0000L)
                .put(message)
                .array();
        frames.put(
            name + hidden,
            Frames.ip(
                friend.mac(),
                mallory.mac(),
                mallory.v6(),
                friend.v6(),
                hidden ? 60 : 58,
                marked(hidden ? rest : message, name + hidden)));
      }
    }
    for (int tag : List.of(0x8100, 0x88a8)) {
      String name = "tagged " + tag;
      byte[] inner = udp(mallory, friend, friend.mac(), true, name);
      ByteBuffer tagged = ByteBuffer.allocate(inner.length + 4).put(inner, 0, 12);
      tagged.putShort((short) tag).putShort((short) 5).put(inner, 12, inner.length - 12);
      frames.put(name, tagged.array());
    }
    return frames;
  }

  private static void advertise(
      Map<String, byte[]> frames, String name, InetAddress target, int option) {
    ByteBuffer rest = ByteBuffer.allocate(20 + (option == 0 ? 0 : 8));
    rest.putInt(0x6000_0000).put(target.getAddress());
    if (option != 0) {
      rest.put((byte) option).put((byte) 1).put(mallory.mac().bytes());
    }
    byte[] message = Frames.icmp(mallory.v6(), friend.v6(), 136, 0, rest.array());
    byte[] frame = Frames.ip(friend.mac(), mallory.mac(), mallory.v6(), friend.v6(), 58, message);
    frames.put(name, marked(frame, name));
  }

  private static InetAddress address(Host host, boolean v4) {
    return v4 ? host.v4() : host.v6();
  }

  private static byte[] udp(Pod from, Pod to, Mac mac, boolean v4, String name) {
    InetAddress source = address(from, v4);
    InetAddress target = address(to, v4);
    byte[] datagram = Frames.udp(source, PORT, target, PORT, mark(name));
    return Frames.ip(mac, from.mac(), source, target, UDP, datagram);
  }

  private static byte[] tcp(boolean v4, int flags) {
    return Frames.tcp(address(mallory, v4), PORT, address(db, v4), PORT, flags);
  }

  private static byte[] icmp(boolean v4, int type) {
    return Frames.icmp(address(mallory, v4), address(db, v4), type, 0, new byte[4]);
  }

  private static void ip(
      Map<String, byte[]> frames, String name, boolean v4, int protocol, byte[] head) {
    frames.put(
        name,
        Frames.ip(
            db.mac(),
            mallory.mac(),
            address(mallory, v4),
            address(db, v4),
            protocol,
            marked(head, name)));
  }

  /** An error to one end of a connection about what it sent to the other. */
  private static Map<String, byte[]> error(Pod from, Pod end, Pod other, boolean v4) {
    InetAddress source = address(from, v4);
    InetAddress target = address(end, v4);
    byte[] offender = udp(end, other, other.mac(), v4, "error");
    byte[] rest =
        ByteBuffer.allocate(4 + offender.length - 14)
            .putInt(0)
            .put(offender, 14, offender.length - 14)
            .array();
    // Port unreachable: RFC 792, RFC 4443 section 3.1.
    byte[] message = Frames.icmp(source, target, v4 ? 3 : 1, v4 ? 3 : 4, rest);
    return Map.of(
        "error",
        Frames.ip(end.mac(), from.mac(), source, target, Frames.icmpProtocol(target), message));
  }

  private static byte[] mark(String name) {
    return ("<" + name + ">").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] marked(byte[] head, String name) {
    byte[] mark = mark(name);
    return ByteBuffer.allocate(head.length + mark.length).put(head).put(mark).array();
  }

  /** Which of the frames arrive. */
  private static Set<String> heard(Pod at, Pod from, Map<String, byte[]> frames)
      throws IOException {
    try (PacketSocket mouth = PacketSocket.open(from);
        PacketSocket ear = PacketSocket.open(at)) {
      for (byte[] frame : frames.values()) {
        mouth.send(frame);
      }
      return marks(ear, frames.keySet());
    }
  }

  private static Set<String> marks(PacketSocket ear, Set<String> names) throws IOException {
    Rig.sleep(300);
    Set<String> heard = new TreeSet<>();
    for (byte[] frame : ear.drain()) {
      names.stream().filter(name -> Frames.contains(frame, mark(name))).forEach(heard::add);
    }
    return heard;
  }
}
