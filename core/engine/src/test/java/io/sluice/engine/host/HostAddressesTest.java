package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.net.IpAddress;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostAddressesTest {
  private static final IpAddress ONE = IpAddress.parse("192.0.2.1");
  private static final IpAddress TWO = IpAddress.parse("2001:db8::2");

  private final ManualLoop loop = new ManualLoop();
  private final List<Set<IpAddress>> found = new ArrayList<>();
  private Set<IpAddress> interfaces = Set.of(ONE);
  private @Nullable IOException failure;

  private final HostAddresses addresses =
      new HostAddresses(
          lookup -> {
            try {
              return CompletableFuture.completedStage(lookup.call());
            } catch (Exception e) {
              return CompletableFuture.failedStage(e);
            }
          },
          () -> {
            if (failure != null) {
              throw failure;
            }
            return interfaces;
          },
          found::add,
          () -> {},
          loop);

  @Test
  void interfacesAreLookedUpAgainEveryTenSeconds() {
    addresses.start();
    assertFalse(addresses.asked());
    loop.turn();
    assertTrue(addresses.asked());
    interfaces = Set.of(ONE, TWO);
    loop.pass(Duration.ofSeconds(9));
    assertEquals(List.of(Set.of(ONE)), found);
    loop.pass(Duration.ofSeconds(1));
    assertEquals(List.of(Set.of(ONE), Set.of(ONE, TWO)), found);
    addresses.stop();
    loop.pass(Duration.ofMinutes(1));
    assertEquals(2, found.size());
  }

  @Test
  void aListIsTakenAsItIs() {
    addresses.configure(Optional.of(Set.of(TWO)));
    loop.turn();
    assertEquals(List.of(Set.of(TWO)), found);
  }

  @Test
  void whatWasFoundBeforeAFailureStays() {
    addresses.start();
    loop.turn();
    failure = new IOException("no such device");
    loop.pass(Duration.ofSeconds(10));
    assertEquals(List.of(Set.of(ONE)), found);
    assertTrue(addresses.problems().getFirst().message().contains("no such device"));
    failure = null;
    loop.pass(Duration.ofSeconds(10));
    assertEquals(List.of(), addresses.problems());
  }

  @Test
  void loopbackAndLinkLocalAreNotAmongThem() throws SocketException {
    for (IpAddress address : HostAddresses.ofInterfaces()) {
      assertFalse(address.toInetAddress().isLoopbackAddress());
      assertFalse(address.toInetAddress().isLinkLocalAddress());
    }
  }
}
