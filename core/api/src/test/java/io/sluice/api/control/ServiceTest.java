package io.sluice.api.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTest {
  @Test
  void readsPortsProtocolsAndIcmp() {
    assertEquals(new Service(6, 80), Service.parse("80/TCP"));
    assertEquals(new Service(17, 53), Service.parse("53/udp"));
    assertEquals(new Service(6, 443), Service.parse("443"));
    assertEquals(new Service(1, 0), Service.parse("icmp"));
    assertEquals("9/SCTP", Service.parse("9/SCTP").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0/TCP", "65536/TCP", "80/HTTP", "http", "80/", "-1/UDP"})
  void refusesTheRest(String text) {
    assertThrows(IllegalArgumentException.class, () -> Service.parse(text));
  }

  @Test
  void aPartyIsAPodOrAnAddress() {
    assertEquals(new Party.Pod("shop", "web-1"), Party.parse("shop/web-1"));
    assertEquals("10.0.0.1", Party.parse("10.0.0.1").toString());
    assertThrows(IllegalArgumentException.class, () -> Party.parse("web"));
    assertThrows(IllegalArgumentException.class, () -> Party.parse("shop/"));
  }
}
