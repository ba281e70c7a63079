package io.sluice.datapath.ovs.openflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.net.Cidr;
import io.sluice.api.net.IpAddress;
import io.sluice.datapath.ovs.lab.Failures;
import io.sluice.datapath.ovs.lab.OvsInstance;
import io.sluice.kit.Stages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the connection promises, on a real switch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenFlowConnectionTest {
  private static final long OURS = 0x77_0000_0000_0000L;
  private static final long OURS_MASK = 0xff_0000_0000_0000L;
  private static final FlowFilter OWN = FlowFilter.cookie(OURS, OURS_MASK);

  private Recorder recorder = new Recorder();
  private OvsInstance ovs;
  private OpenFlowConnection connection;

  @BeforeAll
  void start() throws Exception {
    ovs = OvsInstance.start();
    ovs.bridge("br");
  }

  @BeforeEach
  void connect() {
    recorder = new Recorder();
    connection = Stages.get(OpenFlowConnection.open(ovs.bridgeSocket("br"), recorder));
  }

  @AfterEach
  void disconnect() throws Exception {
    connection.close();
    ovs.ofctl("", "del-flows", "br");
  }

  @AfterAll
  void stop() {
    if (ovs != null) {
      ovs.close();
    }
  }

  private static Flow flow(int number, Action... actions) {
    Match match =
        Match.builder()
            .ethType(MatchBuilder.IPV4)
            .ipDst(IpAddress.v4(0x0a00_0000 + number))
            .build();
    return Flow.of(5, 100, OURS | number, match, actions);
  }

  private Map<FlowKey, FlowStats> dump() {
    Map<FlowKey, FlowStats> flows = new HashMap<>();
    long count =
        Stages.get(connection.dumpFlows(OWN, stats -> flows.put(stats.flow().key(), stats)));
    assertEquals(count, flows.size(), "every flow once");
    assertEquals(count, Stages.get(connection.countFlows(OWN)), "and as many as are counted");
    return flows;
  }

  private static FlowStats get(Map<FlowKey, FlowStats> flows, Flow wanted) {
    FlowStats found = flows.get(wanted.key());
    assertNotNull(found, () -> "no " + wanted);
    return found;
  }

  private static List<FlowMod> adds(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> FlowMod.add(flow(number, new Action.Output(3))))
        .toList();
  }

  @Test
  void aBundleOfManyFlowsIsReadBackWhole() {
    List<FlowMod> mods = adds(20_000);
    Stages.get(connection.bundle(mods));
    Map<FlowKey, FlowStats> held = dump();
    assertEquals(mods.size(), held.size());
    for (FlowMod mod : mods) {
      assertEquals(mod.flow(), get(held, mod.flow()).flow());
    }
  }

  @Test
  void changesAndDeletionsTouchOnlyTheOwnersFlows() throws Exception {
    Stages.get(connection.bundle(adds(4)));
    ovs.ofctl(
        "", "add-flow", "br", "cookie=0x99,table=5,priority=100,ip,nw_dst=10.0.0.2,actions=drop");
    Flow changed = flow(1, new Action.Output(9));
    Stages.get(
        connection.bundle(
            List.of(FlowMod.modify(changed), FlowMod.delete(flow(2)), FlowMod.delete(flow(3)))));
    Map<FlowKey, FlowStats> held = dump();
    assertEquals(2, held.size());
    assertEquals(changed, get(held, changed).flow());
    assertTrue(ovs.ofctl("", "dump-flows", "br").contains("cookie=0x99"), "the other's flow stays");
    Stages.get(connection.bundle(List.of(FlowMod.deleteAll(OWN))));
    assertEquals(Map.of(), dump());
    assertTrue(ovs.ofctl("", "dump-flows", "br").contains("cookie=0x99"), "the other's flow stays");
  }

  @Test
  void oneBadFlowRollsTheWholeBundleBack() {
    Stages.get(connection.bundle(adds(3)));
    Map<FlowKey, FlowStats> before = dump();
    Flow bad =
        Flow.of(5, 100, OURS, Match.builder().tcpDst(80, 0xffff).build(), new Action.Output(1));
    List<FlowMod> mods = new ArrayList<>(List.of(FlowMod.deleteAll(OWN)));
    mods.addAll(adds(1_000));
    mods.add(700, FlowMod.add(bad));
    BundleFailedException failure =
        Failures.expect(
            BundleFailedException.class, "BAD_MATCH/BAD_PREREQ (4/9)", connection.bundle(mods));
    assertEquals(1, failure.refusals().size());
    assertEquals(bad, failure.refusals().getFirst().mod().flow());
    assertEquals(before.keySet(), dump().keySet(), "nothing has changed");
    Stages.get(connection.bundle(adds(10)));
    assertEquals(10, dump().size(), "the connection goes on");
  }

  @Test
  void whatFailsOnlyAtCommitRollsBackToo() {
    Stages.get(connection.bundle(adds(3)));
    Flow noGroup = flow(7, new Action.Group(4711));
    List<FlowMod> mods = List.of(FlowMod.deleteAll(OWN), FlowMod.add(noGroup));
    BundleFailedException failure =
        Failures.expect(
            BundleFailedException.class, "BAD_ACTION/BAD_OUT_GROUP", connection.bundle(mods));
    assertEquals(noGroup, failure.refusals().getFirst().mod().flow());
    assertEquals(3, dump().size(), "nothing has changed");
  }

  @Test
  void callsTakeEffectInTheirOrder() {
    List<CompletionStage<?>> stages = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int round = 1; round <= 20; round++) {
      stages.add(connection.bundle(adds(round * 50)));
      stages.add(connection.countFlows(OWN).thenAccept(counts::add));
      stages.add(connection.bundle(List.of(FlowMod.deleteAll(OWN))));
      stages.add(connection.countFlows(OWN).thenAccept(counts::add));
    }
    stages.forEach(Stages::get);
    List<Long> expected = new ArrayList<>();
    for (long round = 1; round <= 20; round++) {
      expected.add(round * 50);
      expected.add(0L);
    }
    assertEquals(expected, counts);
  }

  private static Flow conjunctions(int count) {
    Match match =
        Match.builder()
            .ethType(MatchBuilder.IPV6)
            .ctState("+trk-inv")
            .reg(0, 1)
            .ctSrc(Cidr.parse("fd00::/64"))
            .ctDst(Cidr.parse("fd00::/64"))
            .build();
    List<Action> clauses =
        IntStream.rangeClosed(1, count)
            .mapToObj(id -> (Action) new Action.Conjunction(id, 1, 2))
            .toList();
    return new Flow(5, 100, OURS, match, clauses);
  }

  @Test
  void asManyConjunctionsAsTheModelSaysFitIntoOneFlow() {
    int most = Flow.MAX_CONJUNCTIONS;
    assertTrue(conjunctions(most).fits());
    while (conjunctions(most + 1).fits()) {
      most++;
    }
    for (Flow full : List.of(conjunctions(Flow.MAX_CONJUNCTIONS), conjunctions(most))) {
      Stages.get(connection.bundle(List.of(FlowMod.add(full))));
      assertEquals(full, get(dump(), full).flow());
    }
    Flow tooLong = conjunctions(most + 1);
    assertInstanceOf(
        IllegalArgumentException.class,
        Stages.failure(connection.bundle(List.of(FlowMod.add(tooLong)))));
  }

  @Test
  void packetsComeInWithTheFlowTheyHit() throws Exception {
    Stages.get(connection.receivePacketIns());
    Stages.get(connection.meter(new MeterMod(MeterMod.Command.ADD, 3, 1_000, 1_000)));
    Flow track =
        Flow.of(
            0,
            10,
            OURS,
            Match.builder().ethType(MatchBuilder.IPV4).build(),
            Action.SetField.reg(4, 77),
            Action.Ct.track(321, 6));
    Flow report =
        Flow.of(
            6,
            10,
            OURS | 5,
            Match.any(),
            new Action.Meter(3),
            new Action.Output(PortNumber.CONTROLLER, 0xffff));
    Stages.get(connection.bundle(List.of(FlowMod.add(track), FlowMod.add(report))));
    byte[] frame = udp();
    Stages.get(connection.packetOut(PortNumber.LOCAL, frame, List.of(new Action.Resubmit(0))));
    PacketIn packet = recorder.packets.poll(10, TimeUnit.SECONDS);
    assertNotNull(packet, "the packet came");
    assertArrayEquals(frame, packet.packet());
    assertEquals(OURS | 5, packet.cookie());
    assertEquals(6, packet.table());
    assertEquals(PortNumber.LOCAL, packet.inPort());
    assertEquals(frame.length, packet.totalLength());
    assertEquals("reg4=0x4d", packet.metadata().field(Field.REG4).orElseThrow().toString());
    assertEquals("ct_zone=321", packet.metadata().field(Field.CT_ZONE).orElseThrow().toString());
    assertEquals(
        "ct_nw_dst=10.0.0.2", packet.metadata().field(Field.CT_NW_DST).orElseThrow().toString());
    assertEquals("ct_tp_dst=53", packet.metadata().field(Field.CT_TP_DST).orElseThrow().toString());
    FlowStats stats = get(dump(), report);
    assertEquals(1, stats.packets());
    assertEquals(frame.length, stats.bytes());
    Stages.get(connection.bundle(List.of(FlowMod.deleteAll(OWN))));
    Stages.get(connection.meter(new MeterMod(MeterMod.Command.DELETE, 3, 0, 0)));
  }

  /** An Ethernet frame with a UDP datagram from 10.0.0.1:1000 to 10.0.0.2:53. */
  private static byte[] udp() {
    ByteBuffer frame = ByteBuffer.allocate(60);
    frame.put(new byte[] {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1}).putShort((short) 0x0800);
    int ip = frame.position();
    frame.putShort((short) 0x4500).putShort((short) 46).putInt(0).putShort((short) 0x4011);
    frame.putShort((short) 0).putInt(0x0a000001).putInt(0x0a000002);
    int sum = 0;
    for (int at = ip; at < ip + 20; at += 2) {
      sum += Short.toUnsignedInt(frame.getShort(at));
    }
    frame.putShort(ip + 10, (short) ~((sum & 0xffff) + (sum >>> 16)));
    frame.putShort((short) 1000).putShort((short) 53).putShort((short) 26).putShort((short) 0);
    return frame.array();
  }

  @Test
  void aRefusedMeterSaysWhy() {
    MeterMod noSuch = new MeterMod(MeterMod.Command.MODIFY, 99, 5, 5);
    Failures.expect(
        OpenFlowErrorException.class,
        "MODIFY meter 99: METER_MOD_FAILED/UNKNOWN_METER (12/3)",
        connection.meter(noSuch));
    Stages.get(connection.barrier());
    assertEquals(254, Stages.get(connection.features()).tables());
  }

  @Test
  void closingFailsWhatIsOutstandingAndTellsOnce() throws Exception {
    CompletionStage<Void> outstanding = connection.bundle(adds(5_000));
    connection.close();
    assertInstanceOf(IOException.class, Stages.failure(outstanding));
    Failures.expect(IOException.class, "was closed", recorder.closed.get(10, TimeUnit.SECONDS));
    Failures.expect(IOException.class, "was closed", connection.barrier());
  }

  @Test
  void aBridgeThatForbidsOpenFlow15IsRefusedWithTheRemedy() throws Exception {
    ovs.bridge("old");
    ovs.vsctl("set", "bridge", "old", "protocols=OpenFlow13");
    Failures.expect(
        IOException.class,
        "protocols OpenFlow15",
        OpenFlowConnection.open(ovs.bridgeSocket("old"), new Recorder()));
    Failures.expect(
        IOException.class,
        "none.mgmt",
        OpenFlowConnection.open(ovs.bridgeSocket("none"), new Recorder()));
  }

  @Test
  void aKilledSwitchEndsTheConnectionAndItsReturnIsEmptyAndClosed() throws Exception {
    Stages.get(connection.bundle(adds(10)));
    ovs.killSwitch();
    recorder.closed.get(10, TimeUnit.SECONDS);
    ovs.startSwitch();
    connection = Stages.get(OpenFlowConnection.open(ovs.bridgeSocket("br"), recorder));
    assertEquals(0, Stages.get(connection.countFlows(FlowFilter.all())));
  }
}
