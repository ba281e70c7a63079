package io.sluice.lab;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** The receiving end of a Unix datagram socket, as a service manager has one. */
public final class UnixDatagrams implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int PATH = 108;
  private static final int LARGEST = 65_536;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment datagram = arena.allocate(LARGEST);
  private final int fd;

  private UnixDatagrams(int fd) {
    this.fd = fd;
  }

  /** Makes the socket, which must not exist. */
  public static UnixDatagrams open(Path path) throws IOException {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length >= PATH) {
      throw new IOException(path + " is too long for a socket");
    }
    int fd = Libc.socket(AF_UNIX, SOCK_DGRAM, 0);
    try (Arena local = Arena.ofConfined()) {
      MemorySegment address = local.allocate(Short.BYTES + PATH, Short.BYTES); // sockaddr_un
      address.set(JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, address, JAVA_BYTE, Short.BYTES, name.length);
      Libc.bind(fd, address);
      return new UnixDatagrams(fd);
    } catch (IOException e) {
      Libc.close(fd);
      throw e;
    }
  }

  /** Waits for the next datagram that is wanted; others are passed over. */
  public Optional<String> await(Predicate<String> wanted, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    try (Arena local = Arena.ofConfined()) {
      MemorySegment descriptor = Libc.readable(local, fd);
      while (true) {
        int length = Libc.receive(fd, datagram, MemorySegment.NULL, MemorySegment.NULL);
        if (length >= 0) {
          String text =
              new String(datagram.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
          if (wanted.test(text)) {
            return Optional.of(text);
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
