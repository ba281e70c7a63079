package io.sluice.lab;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A raw socket (raw(7), ipv6(7)) that sends whole IP packets through a host's own output, whatever
 * source address they have: as a proxy in the kernel sends on what its clients have sent.
 */
public final class OutputSocket implements AutoCloseable {
  private static final short AF_INET = 2;
  private static final short AF_INET6 = 10;
  private static final int RAW = 255;

  private final int fd;
  private final boolean v4;

  private OutputSocket(int fd, boolean v4) {
    this.fd = fd;
    this.v4 = v4;
  }

  /** Opens one for packets of a family. */
  public static OutputSocket open(Host host, boolean v4) throws IOException {
    int family = v4 ? AF_INET : AF_INET6;
    return host.namespace()
        .call(() -> new OutputSocket(Libc.socket(family, Libc.SOCK_RAW, RAW), v4));
  }

  /** Sends a packet, which has its header. */
  public void send(byte[] packet) throws IOException {
    int at = v4 ? 16 : 24;
    int length = v4 ? 4 : 16;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(v4 ? 16 : 28, 4); // struct sockaddr_in, sockaddr_in6
      address.set(JAVA_SHORT, 0, v4 ? AF_INET : AF_INET6);
      MemorySegment.copy(packet, at, address, JAVA_BYTE, v4 ? 4 : 8, length);
      Libc.send(fd, packet, address);
    }
  }

  @Override
  public void close() throws IOException {
    Libc.close(fd);
  }
}
