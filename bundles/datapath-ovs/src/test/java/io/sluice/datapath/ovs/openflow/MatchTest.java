package io.sluice.datapath.ovs.openflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.net.Cidr;
import io.sluice.api.net.IpAddress;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Equal exactly when the switch takes two matches for one. */
class MatchTest {
  private static Match match(UnaryOperator<MatchBuilder> fields) {
    return fields.apply(Match.builder()).build();
  }

  private static void assertSame(Match one, Match other) {
    assertEquals(one, other);
    assertEquals(one.hashCode(), other.hashCode());
    assertEquals(one.toString(), other.toString());
  }

  @Test
  void theOrderOfCallsDoesNotMatter() {
    assertSame(
        match(any -> any.ipProto(6).tcpDst(80, 0xffff).ethType(0x0800)),
        match(any -> any.ethType(0x0800).ipProto(6).tcpDst(80, 0xffff)));
  }

  @Test
  void aHostPrefixIsTheAddress() {
    assertSame(
        match(any -> any.ipSrc(Cidr.parse("10.0.0.1/32"))),
        match(any -> any.ipSrc(IpAddress.parse("10.0.0.1"))));
    assertSame(
        match(any -> any.ctDst(Cidr.parse("fd00::1/128"))),
        match(
            any ->
                any.set(
                    Field.CT_IPV6_DST, Bits.of(IpAddress.parse("fd00::1")), new Bits(-1L, -1L))));
  }

  @Test
  void whatDemandsNothingIsNotThere() {
    assertSame(Match.any(), match(any -> any.ipDst(Cidr.parse("::/0")).reg(3, 7, 0)));
    assertSame(Match.any(), match(any -> any.tcpDst(80, 0xffff).tcpDst(80, 0)));
  }

  @Test
  void bitsOutsideTheMaskDoNotCount() {
    assertSame(match(any -> any.reg(3, 0xabcd, 0xff)), match(any -> any.reg(3, 0x12cd, 0xff)));
    assertNotEquals(match(any -> any.reg(3, 0xcd, 0xff)), match(any -> any.reg(3, 0xcd)));
    assertNotEquals(match(any -> any.reg(3, 5)), match(any -> any.reg(4, 5)));
  }

  @Test
  void aPairOfRegistersIsBothOfThem() {
    ByteBuffer pair = ByteBuffer.allocate(20);
    pair.putInt(0x8001 << 16 | 2 << 9 | 0x100 | 16).putLong(0x0000_0007_0000_0050L);
    pair.putLong(0xffff_ffff_0000_00f0L).flip();
    MatchBuilder builder = Match.builder();
    MatchCodec.read(pair, builder);
    assertSame(match(any -> any.reg(4, 7).reg(5, 0x50, 0xf0)), builder.build());
  }

  @Test
  void aForeignFieldIsKeptAsItIs() {
    ByteBuffer tunnel = ByteBuffer.allocate(20);
    tunnel.putInt(0x8000 << 16 | 38 << 9 | 8).putLong(99);
    tunnel.putInt(0x8000 << 16 | 5 << 9 | 2).putShort((short) 0x0800).flip();
    byte[] bytes = new byte[tunnel.remaining()];
    tunnel.get(0, bytes);
    MatchBuilder builder = Match.builder();
    MatchCodec.read(tunnel, builder);
    Match match = builder.build();
    assertNotEquals(match(any -> any.ethType(0x0800)), match);
    assertEquals(bytes.length, match.length());
    assertSame(match, match.toBuilder().build());
  }

  @Test
  void aTruncatedFieldIsRefused() {
    ByteBuffer cut = ByteBuffer.allocate(6).putInt(0x8000 << 16 | 11 << 9 | 4).flip().limit(6);
    assertThrows(MalformedException.class, () -> MatchCodec.read(cut, Match.builder()));
  }

  @Test
  void flagsAreReadAsTheyAreWritten() {
    assertEquals("ct_state=+new-inv+trk", match(any -> any.ctState("+trk+new-inv")).toString());
    assertEquals("tcp_flags=+syn-ack", match(any -> any.tcpFlags("-ack+syn")).toString());
    assertThrows(IllegalArgumentException.class, () -> match(any -> any.ctState("+trk+nev")));
    assertThrows(IllegalArgumentException.class, () -> match(any -> any.ctState("trk")));
  }
}
