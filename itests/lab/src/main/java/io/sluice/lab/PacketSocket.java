package io.sluice.lab;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A packet socket (AF_PACKET, packet(7)) on a device: sends whole Ethernet frames as they are
 * given, and receives every frame that arrives, but not those that leave. Not thread-safe.
 */
public final class PacketSocket implements AutoCloseable {
  private static final short ALL_PROTOCOLS = 0x0300; // ETH_P_ALL in network order
  private static final int BUFFER = 4 << 20;

  private final int fd;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment frame = arena.allocate(65_536);

  private PacketSocket(int fd) {
    this.fd = fd;
  }

  /** Opens one on the host's device. */
  public static PacketSocket open(Host host) throws IOException {
    return open(host.namespace(), host.device());
  }

  /** Opens one on a device of a namespace. */
  public static PacketSocket open(NetworkNamespace namespace, String device) throws IOException {
    return namespace.call(
        () -> {
          int fd = Libc.socket(Libc.AF_PACKET, Libc.SOCK_RAW, 0);
          try (Arena arena = Arena.ofConfined()) {
            Libc.option(fd, Libc.SOL_PACKET, Libc.PACKET_IGNORE_OUTGOING, 1);
            Libc.option(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, BUFFER);
            MemorySegment address = arena.allocate(20, 4); // struct sockaddr_ll
            address.set(JAVA_SHORT, 0, (short) Libc.AF_PACKET);
            address.set(JAVA_SHORT, 2, ALL_PROTOCOLS);
            address.set(JAVA_INT, 4, Libc.deviceIndex(device));
            Libc.bind(fd, address);
            return new PacketSocket(fd);
          } catch (IOException e) {
            Libc.close(fd);
            throw e;
          }
        });
  }

  /** Sends a frame as it is, from the destination MAC on, without frame check sequence. */
  public void send(byte[] ethernet) throws IOException {
    Libc.send(fd, ethernet, MemorySegment.NULL);
  }

  /** The frames that have arrived and were not taken yet. */
  public List<byte[]> drain() throws IOException {
    List<byte[]> frames = new ArrayList<>();
    while (true) {
      int length = Libc.receive(fd, frame, MemorySegment.NULL, MemorySegment.NULL);
      if (length < 0) {
        return frames;
      }
      frames.add(frame.asSlice(0, length).toArray(JAVA_BYTE));
    }
  }

  /** Waits for the next frame that satisfies the condition; others are passed over. */
  public Optional<byte[]> await(Predicate<byte[]> wanted, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    try (Arena local = Arena.ofConfined()) {
      MemorySegment descriptor = Libc.readable(local, fd);
      while (true) {
        int length = Libc.receive(fd, frame, MemorySegment.NULL, MemorySegment.NULL);
        if (length >= 0) {
          byte[] bytes = frame.asSlice(0, length).toArray(JAVA_BYTE);
          if (wanted.test(bytes)) {
            return Optional.of(bytes);
          }
          continue;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return Optional.empty();
        }
        Libc.poll(descriptor, 1, (int) Math.min(1000, left / 1_000_000 + 1));
      }
    }
  }

  @Override
  public void close() throws IOException {
    Libc.close(fd);
    arena.close();
  }
}
