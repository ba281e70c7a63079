package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.net.IpAddress;
import io.sluice.lab.Frames;
import io.sluice.lab.Host;
import io.sluice.lab.Outcome;
import io.sluice.lab.PacketSocket;
import io.sluice.lab.Pod;
import io.sluice.lab.Probe;
import io.sluice.lab.Traffic;
import io.sluice.lab.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What must pass although a pod is isolated: its node, replies, and errors about its own packets.
 */
class ReplyPathTest {
  private static final int PORT = 80;
  private static final IpAddress SERVER_V4 = IpAddress.parse("192.0.2.7");
  private static final IpAddress SERVER_V6 = IpAddress.parse("2001:db8::7");
  private static final IpAddress ROUTER_V4 = IpAddress.parse("192.0.2.1");
  private static final IpAddress ROUTER_V6 = IpAddress.parse("2001:db8::1");

  private static final String ONLY_THE_SERVER =
      """
      podSelector: {matchLabels: {name: web}}
      policyTypes: [Ingress, Egress]
      egress:
      - to: [{ipBlock: {cidr: 192.0.2.7/32}}, {ipBlock: {cidr: "2001:db8::7/128"}}]
      """;

  @ParameterizedTest
  @EnumSource
  void theNodeReachesAnIsolatedPodAndIsReachedByIt(Backend backend) throws IOException {
    Manifests manifests = Scenes.pods().policy("shop", "deny", Scenes.DENY_ALL);
    try (Rig rig = new Rig(backend, manifests.cluster(), Set.of())) {
      rig.start(Map.of());
      rig.become(manifests.cluster());
      Pod db = rig.pod("shop/db");
      List<Probe> probes = new ArrayList<>();
      for (Transport transport : Transport.values()) {
        for (Host host : List.of(rig.host(), db, rig.pod("lan/mallory"))) {
          rig.traffic().listen(host, transport, PORT);
        }
        for (InetAddress address : db.addresses()) {
          probes.add(new Probe(rig.host(), address, transport, PORT));
          probes.add(new Probe(rig.pod("lan/mallory"), address, transport, PORT));
        }
        for (InetAddress address : rig.host().addresses()) {
          probes.add(new Probe(db, address, transport, PORT));
        }
        for (InetAddress address : rig.pod("lan/mallory").addresses()) {
          probes.add(new Probe(db, address, transport, PORT));
        }
      }
      Map<Probe, Outcome> outcomes = rig.traffic().probe(probes, Traffic.PATIENCE);
      outcomes.forEach(
          (probe, outcome) -> {
            boolean node =
                probe.from().equals(rig.host()) || rig.host().addresses().contains(probe.to());
            assertEquals(node ? Outcome.ANSWERED : Outcome.SILENT, outcome, probe.toString());
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void packetTooBigOfAnAllowedConnectionPassesAndAForgedOneDoesNot(Backend backend)
      throws IOException {
    Manifests manifests = Scenes.pods().policy("shop", "only-the-server", ONLY_THE_SERVER);
    Set<IpAddress> externals = Set.of(SERVER_V4, SERVER_V6, ROUTER_V4, ROUTER_V6);
    try (Rig rig = new Rig(backend, manifests.cluster(), externals)) {
      rig.start(Map.of());
      rig.become(manifests.cluster());
      rig.traffic().listen(rig.outside(), Transport.TCP, PORT);
      tooBig(rig, rig.pod("shop/web").v4(), SERVER_V4, ROUTER_V4);
      tooBig(rig, rig.pod("shop/web").v6(), SERVER_V6, ROUTER_V6);
    }
  }

  private static void tooBig(Rig rig, InetAddress client, IpAddress server, IpAddress router)
      throws IOException {
    Pod web = rig.pod("shop/web");
    InetSocketAddress target = new InetSocketAddress(server.toInetAddress(), PORT);
    try (SocketChannel connection = web.namespace().call(SocketChannel::open);
        PacketSocket mouth = PacketSocket.open(rig.outside());
        PacketSocket ear = PacketSocket.open(web)) {
      connection.socket().connect(target, 3000);
      connection.write(ByteBuffer.wrap(new byte[] {1}));
      int port = ((InetSocketAddress) connection.getLocalAddress()).getPort();
      assertTrue(arrives(rig, mouth, ear, client, port, target, router), "about a connection");
      assertFalse(arrives(rig, mouth, ear, client, port - 1, target, router), "about none");
    }
  }

  /** Sends the error that a router with a small link would send about a packet of the client. */
  private static boolean arrives(
      Rig rig,
      PacketSocket mouth,
      PacketSocket ear,
      InetAddress client,
      int port,
      InetSocketAddress target,
      IpAddress router)
      throws IOException {
    InetAddress server = target.getAddress();
    byte[] offender =
        Frames.packet(
            client,
            server,
            Transport.TCP.number(),
            Frames.tcp(client, port, server, target.getPort(), 16));
    boolean v4 = client.getAddress().length == 4;
    // RFC 792 with RFC 1191: the MTU in the lower half; RFC 4443 section 3.2: all of the word.
    byte[] rest = ByteBuffer.allocate(4 + offender.length).putInt(1280).put(offender).array();
    InetAddress source = router.toInetAddress();
    byte[] error = Frames.icmp(source, client, v4 ? 3 : 2, v4 ? 4 : 0, rest);
    Pod web = rig.pod("shop/web");
    mouth.send(
        Frames.ip(
            rig.nextHop(rig.outside(), web),
            rig.outside().mac(),
            source,
            client,
            Frames.icmpProtocol(client),
            error));
    byte[] ports = ByteBuffer.allocate(4).putShort((short) port).putShort((short) PORT).array();
    byte[] routerBytes = source.getAddress();
    return ear.await(
            frame -> Frames.contains(frame, routerBytes) && Frames.contains(frame, ports),
            Duration.ofMillis(800))
        .isPresent();
  }
}
