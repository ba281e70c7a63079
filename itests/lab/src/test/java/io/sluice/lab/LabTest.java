package io.sluice.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LabTest {
  private static final String DROP_ALL = "priority=0,actions=drop\n";
  private static final String NORMAL = "priority=0,actions=NORMAL\n";

  @SuppressWarnings("NullAway.Init")
  private Lab lab;

  private Node node;
  private List<Pod> pods;
  private Traffic traffic;

  @BeforeEach
  void begin() throws IOException {
    lab = Lab.create();
    node = lab.node("n1", List.of("10.244.0.1", "fd00:10:244::1"));
    pods =
        node.addPods(
            List.of(
                PodSpec.of("shop", "a", "10.244.0.10", "fd00:10:244::10"),
                PodSpec.of("shop", "b", "10.244.0.11", "fd00:10:244::11"),
                PodSpec.of("bank", "c", "172.16.3.9", "fd01::9")));
    traffic = lab.traffic();
    for (Host host : hosts()) {
      for (Transport transport : Transport.values()) {
        traffic.listen(host, transport, 80, 81);
      }
    }
  }

  @AfterEach
  void end() {
    if (lab != null) {
      lab.close();
    }
  }

  private List<Host> hosts() {
    List<Host> hosts = new ArrayList<>(pods);
    hosts.add(node);
    return hosts;
  }

  private List<Probe> everything() {
    List<Probe> probes = new ArrayList<>();
    for (Host from : hosts()) {
      for (Host to : hosts()) {
        if (from == to) {
          continue;
        }
        for (Transport transport : Transport.values()) {
          for (int port : new int[] {80, 81}) {
            for (InetAddress address : to.addresses()) {
              probes.add(new Probe(from, address, transport, port));
            }
          }
        }
      }
    }
    return probes;
  }

  private static List<Probe> with(Map<Probe, Outcome> outcomes, Outcome wanted) {
    return outcomes.entrySet().stream()
        .filter(entry -> entry.getValue() == wanted)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void everythingAnswersOnALearningSwitchAndNothingPastADroppingOne() throws IOException {
    node.replaceFlows(NORMAL);
    Map<Probe, Outcome> open = traffic.probe(everything(), Traffic.PATIENCE);
    assertEquals(List.copyOf(open.keySet()), with(open, Outcome.ANSWERED));
    assertFalse(SelfTest.leaks(node, pods.get(0), pods.get(1), node).isEmpty(), "sees no packets");

    node.replaceFlows(DROP_ALL);
    Map<Probe, Outcome> closed = traffic.probe(everything(), Duration.ofSeconds(1));
    assertEquals(List.of(), with(closed, Outcome.ANSWERED));
    assertEquals(List.of(), with(closed, Outcome.REFUSED));
    assertEquals(List.of(), SelfTest.leaks(node, pods.get(0), pods.get(1), node));
  }

  @Test
  void aPortWithoutListenerRefuses() throws IOException {
    Probe tcp = new Probe(pods.get(0), pods.get(1).v4(), Transport.TCP, 82);
    Probe udp = new Probe(pods.get(0), pods.get(1).v6(), Transport.UDP, 82);
    Probe sctp = new Probe(pods.get(0), pods.get(1).v6(), Transport.SCTP, 82);
    assertEquals(
        Map.of(tcp, Outcome.REFUSED, udp, Outcome.REFUSED, sctp, Outcome.SILENT),
        traffic.probe(List.of(tcp, udp, sctp), Duration.ofSeconds(1)));
  }

  @Test
  void onlyWhatAFlowAllowsIsAnswered() throws IOException {
    node.replaceFlows(
        """
        priority=2,arp,actions=NORMAL
        priority=2,icmp6,actions=NORMAL
        priority=2,sctp6,tp_dst=81,actions=NORMAL
        priority=2,sctp6,tp_src=81,actions=NORMAL
        priority=0,actions=drop
        """);
    Map<Probe, Outcome> outcomes = traffic.probe(everything(), Duration.ofSeconds(1));
    assertEquals(
        everything().stream()
            .filter(p -> p.transport() == Transport.SCTP && p.port() == 81)
            .filter(p -> p.to().getAddress().length == 16)
            .toList(),
        with(outcomes, Outcome.ANSWERED));
  }

  @Test
  void framesOfOnesOwnMakingArriveAsTheyWereSent() throws IOException {
    Pod from = pods.get(0);
    Pod to = pods.get(1);
    byte[] mark = "made by hand".getBytes(StandardCharsets.US_ASCII);
    InetAddress spoofed = InetAddress.ofLiteral("203.0.113.7");
    byte[] frame =
        Frames.ip(
            to.mac(), from.mac(), spoofed, to.v4(), 17, Frames.udp(spoofed, 5, to.v4(), 6, mark));
    try (PacketSocket mouth = PacketSocket.open(from);
        PacketSocket ear = PacketSocket.open(to)) {
      mouth.send(frame);
      byte[] heard = ear.await(f -> Frames.contains(f, mark), Duration.ofSeconds(2)).orElseThrow();
      assertEquals(List.of(bytes(frame)), List.of(bytes(heard)));
    }
  }

  private static String bytes(byte[] frame) {
    return java.util.HexFormat.of().formatHex(frame);
  }

  @Test
  void theSwitchComesBackAfterAKill() throws IOException {
    node.vsctl("set-fail-mode", Node.BRIDGE, "secure");
    node.replaceFlows(NORMAL);
    Probe probe = new Probe(pods.get(0), pods.get(2).v4(), Transport.TCP, 80);
    Probe toNode = new Probe(pods.get(0), node.v6(), Transport.UDP, 80);
    assertEquals(Outcome.ANSWERED, traffic.probe(probe));
    node.killSwitch();
    assertEquals(Outcome.SILENT, traffic.probe(probe));
    node.startSwitch();
    assertEquals(Outcome.SILENT, traffic.probe(probe));
    node.replaceFlows(NORMAL);
    assertEquals(Outcome.ANSWERED, traffic.probe(probe));
    assertEquals(Outcome.ANSWERED, traffic.probe(toNode));
    node.killDatabase();
    node.startDatabase();
    node.ofctl("show");
    assertEquals(Outcome.ANSWERED, traffic.probe(probe));
    assertTrue(node.vsctl("list-ports", Node.BRIDGE).contains(pods.get(0).port()));
  }

  @Test
  void aLoadOfConnectionsIsCounted() throws IOException, InterruptedException {
    Probe open = new Probe(pods.get(0), pods.get(1).v4(), Transport.TCP, 80);
    Probe refused = new Probe(pods.get(0), pods.get(1).v4(), Transport.TCP, 82);
    ConnectionLoad load = traffic.load(pods.get(0), List.of(open, refused), 1000);
    Thread.sleep(1500);
    List<ConnectionLoad.Attempt> attempts = load.stop();
    assertTrue(attempts.size() > 500, "only " + attempts.size() + " connections");
    for (ConnectionLoad.Attempt attempt : attempts) {
      assertEquals(
          attempt.target().equals(open) ? Outcome.ANSWERED : Outcome.REFUSED, attempt.outcome());
    }
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    Path directory = node.socketDirectory();
    Process process =
        node.namespace().start(List.of("sleep", "600"), Map.of(), directory.resolve("sleep"));
    String id = lab.id();
    lab.close();
    assertFalse(process.isAlive());
    assertFalse(Files.exists(directory));
    assertFalse(Command.run("ip", "netns", "list").contains("sluice-" + id + "-"));
  }

  @Test
  void whatAKilledLabLeftIsRemovedByTheNext() throws IOException, InterruptedException {
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Abandoned.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String id = killed.inputReader(StandardCharsets.US_ASCII).readLine();
    assertTrue(Command.run("ip", "netns", "list").contains("sluice-" + id + "-n1"));
    killed.destroyForcibly().waitFor();
    Lab.create().close();
    assertFalse(Command.run("ip", "netns", "list").contains("sluice-" + id + "-"));
    assertFalse(Files.exists(Path.of("/run/sluice-lab", id)));
    assertFalse(
        ProcessHandle.allProcesses()
            .anyMatch(p -> p.info().commandLine().orElse("").contains("/run/sluice-lab/" + id)));
    assertTrue(Command.run("ip", "netns", "list").contains("sluice-" + lab.id() + "-n1"));
  }
}
