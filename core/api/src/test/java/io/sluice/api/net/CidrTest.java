package io.sluice.api.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @Test
  void masksHostBits() {
    assertEquals("10.0.0.0/8", Cidr.parse("10.1.2.3/8").toString());
    assertEquals("2001:db8::/33", Cidr.parse("2001:db8:7fff::1/33").toString());
    assertEquals("::/0", Cidr.parse("ffff::/0").toString());
    assertEquals("0.0.0.0/0", Cidr.parse("255.0.0.1/0").toString());
    assertEquals("1:2:3:4::/64", Cidr.parse("1:2:3:4:5::/64").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/08",
        "10.0.0.0/-1",
        "010.0.0.0/8",
        "::ffff:10.0.0.0/104",
        "/8",
        "10.0.0.0/8/8",
        "10.0.0.0/+8"
      })
  void refusesWhatIsNoBlock(String text) {
    assertThrows(IllegalArgumentException.class, () -> Cidr.parse(text));
  }

  @Test
  void neverContainsTheOtherFamily() {
    assertFalse(Cidr.parse("0.0.0.0/0").contains(IpAddress.parse("::1")));
    assertFalse(Cidr.parse("::/0").contains(IpAddress.parse("1.2.3.4")));
    assertFalse(Cidr.parse("::/0").contains(Cidr.parse("1.2.3.4/32")));
  }

  @Test
  void subtractionHoldsExactlyWhatTheExceptionsDoNot() {
    Random random = new Random(77);
    for (int round = 0; round < 2_000; round++) {
      boolean v6 = random.nextBoolean();
      Cidr block = block(random, v6, 0, v6 ? 126 : 30);
      List<Cidr> except = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        except.add(
            random.nextInt(5) == 0
                ? block(random, random.nextBoolean(), 0, 20)
                : new Cidr(
                    address(random, block),
                    block.prefix() + random.nextInt(block.family().bits() - block.prefix() + 1)));
      }
      List<Cidr> rest = block.minus(except);
      for (int i = 0; i < 40; i++) {
        IpAddress probe =
            except.isEmpty() || random.nextBoolean()
                ? address(random, block)
                : address(random, except.get(random.nextInt(except.size())));
        boolean expected =
            block.contains(probe) && except.stream().noneMatch(hole -> hole.contains(probe));
        assertEquals(
            expected ? 1 : 0,
            rest.stream().filter(piece -> piece.contains(probe)).count(),
            () -> block + " minus " + except + " = " + rest + ", " + probe);
      }
      assertEquals(rest.stream().sorted().toList(), rest);
    }
  }

  @Test
  void subtractionLeavesTheFewestBlocks() {
    assertEquals(
        List.of(Cidr.parse("10.0.0.0/9")),
        Cidr.parse("10.0.0.0/8").minus(List.of(Cidr.parse("10.128.0.0/9"))));
    assertEquals(32, Cidr.parse("0.0.0.0/0").minus(List.of(Cidr.parse("1.2.3.4/32"))).size());
    assertEquals(List.of(), Cidr.parse("1.0.0.0/8").minus(List.of(Cidr.parse("0.0.0.0/0"))));
    assertTrue(
        Cidr.parse("::/0").minus(List.of(Cidr.parse("0.0.0.0/0"))).contains(Cidr.parse("::/0")));
  }

  private static Cidr block(Random random, boolean v6, int least, int most) {
    IpAddress base =
        v6 ? IpAddress.v6(random.nextLong(), random.nextLong()) : IpAddress.v4(random.nextInt());
    return new Cidr(base, least + random.nextInt(most - least + 1));
  }

  private static IpAddress address(Random random, Cidr block) {
    byte[] bytes = block.base().bytes();
    for (int bit = block.prefix(); bit < block.family().bits(); bit++) {
      if (random.nextBoolean()) {
        bytes[bit / 8] |= (byte) (0x80 >>> (bit % 8));
      }
    }
    return IpAddress.of(bytes);
  }
}
