package io.sluice.datapath.ovs.openflow;

import io.sluice.api.net.Cidr;
import io.sluice.api.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * One flow, as {@code ovs-ofctl} is told it and as the model says it.
 *
 * @param match in the notation of ovs-ofctl
 * @param actions in the notation of ovs-ofctl
 * @param flow the same
 */
record FlowCase(String match, String actions, Flow flow) {
  static final int TABLE = 3;
  static final long COOKIE = 0x51_0000_0000_0007L;
  private static final long MAC = 0x0a58_0a14_0005L;

  /** What ovs-ofctl is given. */
  String text() {
    String matched = match.isEmpty() ? "" : "," + match;
    return "cookie=0x%x,table=%d,priority=%d%s,actions=%s"
        .formatted(COOKIE, TABLE, flow.priority(), matched, actions);
  }

  /** Every field that the model has, and every action. */
  static List<FlowCase> all() {
    List<FlowCase> cases = new ArrayList<>();
    matches(cases);
    wideRegisters(cases);
    tracked(cases);
    actions(cases);
    tracking(cases);
    learned(cases);
    return cases;
  }

  private static void match(List<FlowCase> cases, String text, UnaryOperator<MatchBuilder> fields) {
    Match match = fields.apply(Match.builder()).build();
    cases.add(
        new FlowCase(text, "drop", new Flow(TABLE, 100 + cases.size(), COOKIE, match, List.of())));
  }

  private static void action(List<FlowCase> cases, String text, Action... actions) {
    action(cases, "", Match.any(), text, actions);
  }

  private static void action(
      List<FlowCase> cases, String match, Match same, String text, Action... actions) {
    Flow flow = Flow.of(TABLE, 100 + cases.size(), COOKIE, same, actions);
    cases.add(new FlowCase(match, text, flow));
  }

  private static void matches(List<FlowCase> to) {
    match(to, "", any -> any);
    match(to, "in_port=7", any -> any.inPort(7));
    match(to, "in_port=LOCAL", any -> any.inPort(PortNumber.LOCAL));
    match(to, "metadata=0x1200/0xff00", any -> any.metadata(0x1234, 0xff00));
    for (int i = 0; i < 16; i++) {
      int number = i;
      match(to, "reg" + i + "=0xf00d", any -> any.reg(number, 0xf00d));
      match(to, "reg" + i + "=0x50/0xf0", any -> any.reg(new RegisterField(number, 4, 4), 5));
    }
    match(to, "reg4=1,reg5=0x80000000/0x80000000", any -> any.reg(4, 1).reg(5, 1 << 31, 1 << 31));
    match(to, "conj_id=4000000000", any -> any.conjId((int) 4_000_000_000L));
    match(to, "dl_src=0a:58:0a:14:00:05", any -> any.ethSrc(MAC));
    match(to, "dl_dst=01:00:00:00:00:00/01:00:00:00:00:00", any -> any.ethDst(1L << 40, 1L << 40));
    match(to, "dl_type=0x88cc", any -> any.ethType(0x88cc));
    match(to, "dl_vlan=77", any -> any.vlan(77));
    match(to, "vlan_tci=0x0000/0x1fff", MatchBuilder::noVlan);
    match(
        to,
        "ip,ip_frag=later",
        any -> any.ethType(0x0800).laterFragment(true).set(Field.IP_FRAG, Bits.of(3), Bits.of(3)));
    match(to, "ip,ip_frag=not_later", any -> any.ethType(0x0800).laterFragment(false));
    match(to, "ip,nw_proto=47", any -> any.ethType(0x0800).ipProto(47));
    match(
        to,
        "ip,nw_src=10.1.2.3,nw_dst=10.4.0.0/14",
        any ->
            any.ethType(0x0800)
                .ipDst(Cidr.parse("10.4.0.0/14"))
                .ipSrc(IpAddress.parse("10.1.2.3")));
    match(to, "ip", any -> any.ethType(0x0800).ipSrc(Cidr.parse("0.0.0.0/0")));
    match(
        to,
        "ipv6,ipv6_src=fd00::5,ipv6_dst=fe80::/10",
        any ->
            any.ethType(0x86dd).ipSrc(IpAddress.parse("fd00::5")).ipDst(Cidr.parse("fe80::/10")));
    match(to, "ipv6,ipv6_dst=ff02::/65", any -> any.ethType(0x86dd).ipDst(Cidr.parse("ff02::/65")));
    match(to, "tcp,tp_dst=80", any -> any.ethType(0x0800).ipProto(6).tcpDst(80, 0xffff));
    match(
        to,
        "tcp6,tp_src=0x1000/0xf000,tcp_flags=+syn-ack",
        any -> any.ethType(0x86dd).ipProto(6).tcpSrc(0x1000, 0xf000).tcpFlags("+syn-ack"));
    match(
        to,
        "udp,tp_src=53,tp_dst=0x8000/0x8000",
        any -> any.ethType(0x0800).ipProto(17).udpSrc(53, 0xffff).udpDst(0x8000, 0x8000));
    match(
        to,
        "sctp,tp_src=36412,tp_dst=9/0xfff9",
        any -> any.ethType(0x0800).ipProto(132).sctpSrc(36412, 0xffff).sctpDst(9, 0xfff9));
    match(
        to,
        "icmp,icmp_type=3,icmp_code=4",
        any -> any.ethType(0x0800).ipProto(1).icmpType(3).icmpCode(4));
    match(
        to,
        "icmp6,icmp_type=135,icmp_code=0,nd_target=fd00::/64,nd_sll=0a:58:0a:14:00:05",
        any ->
            any.ethType(0x86dd)
                .ipProto(58)
                .icmpv6Type(135)
                .icmpv6Code(0)
                .ndTarget(Cidr.parse("fd00::/64"))
                .ndSll(MAC));
    match(
        to,
        "icmp6,icmp_type=136,icmp_code=0,nd_target=fd00::5,nd_tll=0a:58:0a:14:00:05",
        any ->
            any.ethType(0x86dd)
                .ipProto(58)
                .icmpv6Type(136)
                .icmpv6Code(0)
                .ndTarget(Cidr.parse("fd00::5/128"))
                .ndTll(MAC));
    match(
        to,
        "arp,arp_op=2,arp_spa=10.0.0.0/8,arp_tpa=10.0.0.9,arp_sha=0a:58:0a:14:00:05,"
            + "arp_tha=00:00:00:00:00:00",
        any ->
            any.ethType(0x0806)
                .arpOp(2)
                .arpSpa(Cidr.parse("10.0.0.0/8"))
                .arpTpa(Cidr.parse("10.0.0.9/32"))
                .arpSha(MAC)
                .arpTha(0));
  }

  private static void wideRegisters(List<FlowCase> to) {
    List<Field> wide = List.of(Field.XXREG0, Field.XXREG1, Field.XXREG2, Field.XXREG3);
    for (Field field : wide) {
      match(
          to,
          field.text() + "=0x1000000020000000300000004",
          any -> any.set(field, new Bits(0x1_0000_0002L, 0x3_0000_0004L), field.all()));
    }
    match(
        to,
        "xxreg1=0xf00000000000000000000000/0xff00000000000000000000000",
        any -> any.set(Field.XXREG1, new Bits(0xf000_0000L, 0), new Bits(0xf_f000_0000L, 0)));
  }

  private static void tracked(List<FlowCase> to) {
    match(to, "ct_state=+new-est+trk", any -> any.ctState("+trk+new-est"));
    match(to, "ct_state=-inv+snat-dnat+rel-rpl", any -> any.ctState("+snat-dnat+rel-rpl-inv"));
    match(to, "ct_zone=65001", any -> any.ctZone(65001));
    match(to, "ct_mark=0x10/0xf0", any -> any.ctMark(0x10, 0xf0));
    match(
        to,
        "ct_label=0x50000000000000007/0xf000000000000000f",
        any -> any.ctLabel(new Bits(5, 7), new Bits(15, 15)));
    match(
        to,
        "ip,ct_state=+trk-inv,ct_nw_proto=6,ct_nw_src=10.0.0.7,ct_nw_dst=10.0.0.0/9,"
            + "ct_tp_src=0x400/0xfc00,ct_tp_dst=443",
        any ->
            any.ethType(0x0800)
                .ctState("+trk-inv")
                .ctNwProto(6)
                .ctSrc(Cidr.parse("10.0.0.7/32"))
                .ctDst(Cidr.parse("10.0.0.0/9"))
                .ctTpSrc(0x400, 0xfc00)
                .ctTpDst(443, 0xffff));
    match(
        to,
        "ipv6,ct_state=+trk-inv,ct_nw_proto=17,ct_ipv6_src=fd00::/64,ct_ipv6_dst=fd00::7",
        any ->
            any.ethType(0x86dd)
                .ctState("+trk-inv")
                .ctNwProto(17)
                .ctSrc(Cidr.parse("fd00::/64"))
                .ctDst(Cidr.parse("fd00::7/128")));
  }

  private static void tracking(List<FlowCase> to) {
    Match ip = Match.builder().ethType(0x0800).build();
    Match udp6 = Match.builder().ethType(0x86dd).ipProto(17).build();
    Match udp = Match.builder().ethType(0x0800).ipProto(17).build();
    IpAddress v4 = IpAddress.parse("10.0.0.53");
    IpAddress v6 = IpAddress.parse("fd00::53");
    action(to, "ip", ip, "ct(zone=65001,table=5)", Action.Ct.track(65001, 5));
    action(to, "ip", ip, "ct(commit,zone=9)", Action.Ct.commit(9));
    action(
        to,
        "ip",
        ip,
        "ct(commit,force,table=5,zone=9,exec(set_field:0x1->ct_mark,"
            + "set_field:0x50000000000000000/0xf0000000000000000->ct_label)),NORMAL",
        new Action.Ct(
            true,
            true,
            9,
            OptionalInt.of(5),
            Optional.empty(),
            List.of(
                Action.SetField.bits(Field.CT_MARK, 1, -1),
                new Action.SetField(
                    new FieldMatch(Field.CT_LABEL, new Bits(5, 0), new Bits(15, 0))))),
        new Action.Output(PortNumber.NORMAL));
    action(to, "ip", ip, "ct(zone=9,table=5,nat)", Action.Ct.track(9, 5).withNat(Nat.remembered()));
    action(
        to,
        "udp",
        udp,
        "ct(commit,zone=9,table=5,nat(dst=10.0.0.53:5353))",
        Action.Ct.commit(9).withTable(5).withNat(Nat.destination(v4, OptionalInt.of(5353))));
    action(
        to,
        "udp6",
        udp6,
        "ct(commit,zone=9,nat(dst=[fd00::53]:5353))",
        Action.Ct.commit(9).withNat(Nat.destination(v6, OptionalInt.of(5353))));
    action(
        to,
        "ip",
        ip,
        "ct(commit,zone=9,nat(src=10.0.0.53))",
        Action.Ct.commit(9).withNat(Nat.source(v4, OptionalInt.empty())));
    action(to, "ct_clear,resubmit(,9)", new Action.CtClear(), new Action.Resubmit(9));
  }

  private static void learned(List<FlowCase> to) {
    Match sctp = Match.builder().ethType(0x0800).ipProto(132).build();
    Match ipv6 = Match.builder().ethType(0x86dd).build();
    action(
        to,
        "ipv6",
        ipv6,
        "move:NXM_NX_IPV6_SRC[]->NXM_NX_XXREG1[],move:NXM_NX_IPV6_DST[]->NXM_NX_IPV6_SRC[],"
            + "move:NXM_NX_XXREG1[]->NXM_NX_IPV6_DST[]",
        new Action.Move(Field.IPV6_SRC, Field.XXREG1),
        new Action.Move(Field.IPV6_DST, Field.IPV6_SRC),
        new Action.Move(Field.XXREG1, Field.IPV6_DST));
    action(
        to,
        "sctp",
        sctp,
        "move:OXM_OF_SCTP_SRC[]->OXM_OF_SCTP_DST[],move:NXM_OF_IP_SRC[]->NXM_NX_REG15[]",
        new Action.Move(Field.SCTP_SRC, Field.SCTP_DST),
        new Action.Move(Field.IPV4_SRC, Field.REG15));
    action(
        to,
        "set_field:0x10002000300040005000600070008->xxreg2",
        new Action.SetField(
            new FieldMatch(
                Field.XXREG2,
                new Bits(0x0001_0002_0003_0004L, 0x0005_0006_0007_0008L),
                Field.XXREG2.all())));
    action(
        to,
        "sctp",
        sctp,
        "learn(table=9,idle_timeout=300,hard_timeout=7200,priority=50,cookie=0x5100000000000008,"
            + "eth_type=0x800,nw_proto=132,NXM_OF_IP_SRC[]=NXM_OF_IP_DST[],"
            + "NXM_OF_IP_DST[]=NXM_OF_IP_SRC[],OXM_OF_SCTP_SRC[]=OXM_OF_SCTP_DST[],"
            + "OXM_OF_SCTP_DST[]=OXM_OF_SCTP_SRC[],NXM_NX_REG3[]=NXM_NX_REG4[],"
            + "load:0x5->NXM_NX_REG6[4..7])",
        new Action.Learn(
            9,
            50,
            0x5100_0000_0000_0008L,
            300,
            7200,
            List.of(
                new LearnSpec.MatchValue(Field.ETH_TYPE, Bits.of(0x0800)),
                new LearnSpec.MatchValue(Field.IP_PROTO, Bits.of(132)),
                new LearnSpec.MatchField(Field.IPV4_SRC, Field.IPV4_DST),
                new LearnSpec.MatchField(Field.IPV4_DST, Field.IPV4_SRC),
                new LearnSpec.MatchField(Field.SCTP_SRC, Field.SCTP_DST),
                new LearnSpec.MatchField(Field.SCTP_DST, Field.SCTP_SRC),
                new LearnSpec.MatchField(Field.REG3, Field.REG4),
                new LearnSpec.LoadValue(new RegisterField(6, 4, 4), 5))));
    action(
        to,
        "ipv6",
        ipv6,
        "learn(table=9,priority=50,eth_type=0x86dd,NXM_NX_IPV6_SRC[]=NXM_NX_IPV6_DST[],"
            + "ipv6_dst=fd00::7,NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],NXM_NX_CT_MARK[]=NXM_NX_REG1[],"
            + "load:0x80000000->NXM_NX_REG6[])",
        new Action.Learn(
            9,
            50,
            0,
            0,
            0,
            List.of(
                new LearnSpec.MatchValue(Field.ETH_TYPE, Bits.of(0x86dd)),
                new LearnSpec.MatchField(Field.IPV6_SRC, Field.IPV6_DST),
                new LearnSpec.MatchValue(Field.IPV6_DST, Bits.of(IpAddress.parse("fd00::7"))),
                new LearnSpec.MatchField(Field.ETH_DST, Field.ETH_SRC),
                new LearnSpec.MatchField(Field.CT_MARK, Field.REG1),
                new LearnSpec.LoadValue(RegisterField.whole(6), 1 << 31))));
  }

  private static void actions(List<FlowCase> to) {
    action(to, "drop");
    action(to, "output:9", new Action.Output(9));
    action(to, "in_port", new Action.Output(PortNumber.IN_PORT));
    action(to, "LOCAL", new Action.Output(PortNumber.LOCAL));
    action(to, "NORMAL", new Action.Output(PortNumber.NORMAL));
    action(to, "FLOOD", new Action.Output(PortNumber.FLOOD));
    action(to, "controller:128", new Action.Output(PortNumber.CONTROLLER, 128));
    action(to, "resubmit(,10),resubmit(,11)", new Action.Resubmit(10), new Action.Resubmit(11));
    action(to, "goto_table:4", new Action.GotoTable(4));
    action(
        to,
        "set_field:0x5->reg3,set_field:0x30/0xf0->reg4,goto_table:200",
        Action.SetField.reg(3, 5),
        Action.SetField.reg(new RegisterField(4, 4, 4), 3),
        new Action.GotoTable(200));
    action(
        to,
        "set_field:0x700000000/0xff00000000->metadata",
        Action.SetField.bits(Field.METADATA, 0x7_0000_0000L, 0xff_0000_0000L));
    action(
        to,
        "set_field:0a:58:0a:14:00:05->eth_dst,output:3",
        Action.SetField.bits(Field.ETH_DST, MAC, -1),
        new Action.Output(3));
    action(
        to,
        "conjunction(7,1/3),conjunction(4000000000,3/3)",
        new Action.Conjunction(7, 1, 3),
        new Action.Conjunction((int) 4_000_000_000L, 3, 3));
    action(to, "group:5", new Action.Group(5));
    action(
        to,
        "meter:7,controller:65535",
        new Action.Meter(7),
        new Action.Output(PortNumber.CONTROLLER, 0xffff));
  }
}
