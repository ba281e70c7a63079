package io.sluice.api.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "255.255.255.255, 255.255.255.255",
    "0.0.0.0, 0.0.0.0",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8::0:1, 2001:db8::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "fe80:0:0:0:1:2:3:4, fe80::1:2:3:4",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
  })
  void parsesAndPrintsCanonically(String text, String canonical) {
    assertEquals(canonical, IpAddress.parse(text).toString());
    assertEquals(IpAddress.parse(text), IpAddress.parse(canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0",
        "10.0.0.0.1",
        "10.0.0.256",
        "010.0.0.1",
        "10.0.0.01",
        "1.2.3.4 ",
        "+1.2.3.4",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
        "::ffff:a00:1",
        "1:2:3:4:5:6:7:8::",
        "1.2.3.4::",
        "::1.2.3.4.5",
        "a",
        "host.example",
        "1:2:3:4:5:6:7:1.2.3.4"
      })
  void refusesWhatIsNoAddress(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> IpAddress.parse(text));
    assertTrue(String.valueOf(refused.getMessage()).contains("'" + text + "'"));
  }

  @Test
  void agreesWithTheJdkOnRandomAddresses() throws UnknownHostException {
    Random random = new Random(20);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = random.nextInt(3) == 0 ? (byte) random.nextInt(256) : 0;
      }
      if (bytes.length == 16 && bytes[10] == -1 && bytes[11] == -1) {
        bytes[0] = 1;
      }
      IpAddress address = IpAddress.of(bytes);
      assertArrayEquals(bytes, address.bytes());
      assertEquals(InetAddress.getByAddress(bytes), InetAddress.getByName(address.toString()));
      assertEquals(address, IpAddress.parse(InetAddress.getByAddress(bytes).getHostAddress()));
      assertEquals(InetAddress.getByAddress(bytes), address.toInetAddress());
    }
  }

  @Test
  void sortsByUnsignedValue() {
    assertTrue(IpAddress.parse("9.0.0.0").compareTo(IpAddress.parse("200.0.0.0")) < 0);
    assertTrue(IpAddress.parse("200.0.0.0").compareTo(IpAddress.parse("::")) < 0);
    assertTrue(IpAddress.parse("7fff::").compareTo(IpAddress.parse("8000::")) < 0);
    assertTrue(IpAddress.parse("::7fff:0:0:0").compareTo(IpAddress.parse("::8000:0:0:0")) < 0);
  }
}
