package io.sluice.lab;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The few system calls that Java has no API for: network namespaces and raw sockets. */
@SuppressWarnings("restricted") // native access is what this class is for
final class Libc {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int AF_PACKET = 17;
  private static final int AF_NETLINK = 16;
  private static final int NETLINK_NETFILTER = 12;
  private static final short CONNTRACK_DELETE = 1 << 8 | 2;
  private static final short NLM_F_REQUEST = 1;
  static final int SOCK_RAW = 3;
  static final int SOCK_CLOEXEC = 0x80000;
  static final int SOL_SOCKET = 1;
  static final int SO_RCVBUFFORCE = 33;
  static final int SOL_PACKET = 263;
  static final int PACKET_IGNORE_OUTGOING = 23;
  static final int MSG_DONTWAIT = 0x40;
  static final int POLLIN = 1;
  private static final int CLONE_NEWNET = 0x40000000;
  private static final int O_CLOEXEC = 0x80000;
  private static final int EINTR = 4;
  private static final int EAGAIN = 11;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LOOKUP = LINKER.defaultLookup();
  private static final MemoryLayout ERRNO = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_VALUE =
      ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle GETEUID =
      LINKER.downcallHandle(LOOKUP.findOrThrow("geteuid"), FunctionDescriptor.of(JAVA_INT));
  private static final MethodHandle OPEN =
      LINKER.downcallHandle(
          LOOKUP.findOrThrow("open"),
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle CLOSE = handle("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle SETNS = handle("setns", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle SOCKET =
      handle("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = handle("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle SETSOCKOPT =
      handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle IF_NAMETOINDEX = handle("if_nametoindex", JAVA_INT, ADDRESS);
  private static final MethodHandle POLL = handle("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle SENDTO =
      handle("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle RECVFROM =
      handle("recvfrom", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);

  private Libc() {}

  private static MethodHandle handle(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LOOKUP.findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"));
  }

  private interface Call {
    long invoke(MemorySegment errno) throws Throwable;
  }

  /** Repeats a call that a signal interrupted; -1 for "nothing there now". */
  private static long check(String name, Call call) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(ERRNO);
      while (true) {
        long result = call.invoke(errno);
        if (result >= 0) {
          return result;
        }
        int error = (int) ERRNO_VALUE.get(errno, 0L);
        if (error == EAGAIN) {
          return -1;
        }
        if (error != EINTR) {
          throw new IOException(name + " failed with errno " + error);
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws nothing that is checked", e);
    }
  }

  static boolean isRoot() {
    try {
      return (int) GETEUID.invokeExact() == 0;
    } catch (Throwable e) {
      throw new AssertionError("geteuid can't fail", e);
    }
  }

  /** Moves the calling thread into the network namespace of this name. */
  static void enter(String namespace) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom("/var/run/netns/" + namespace);
      int fd = (int) check("open " + namespace, e -> (int) OPEN.invokeExact(e, path, O_CLOEXEC));
      try {
        check("setns " + namespace, e -> (int) SETNS.invokeExact(e, fd, CLONE_NEWNET));
      } finally {
        close(fd);
      }
    }
  }

  static void close(int fd) throws IOException {
    check("close", e -> (int) CLOSE.invokeExact(e, fd));
  }

  static int socket(int family, int type, int protocol) throws IOException {
    return (int)
        check("socket", e -> (int) SOCKET.invokeExact(e, family, type | SOCK_CLOEXEC, protocol));
  }

  static void bind(int fd, MemorySegment address) throws IOException {
    int length = (int) address.byteSize();
    check("bind", e -> (int) BIND.invokeExact(e, fd, address, length));
  }

  static void option(int fd, int level, int option, int value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocateFrom(JAVA_INT, value);
      check(
          "setsockopt",
          e -> (int) SETSOCKOPT.invokeExact(e, fd, level, option, segment, Integer.BYTES));
    }
  }

  /** The index of a device in the calling thread's namespace. */
  static int deviceIndex(String device) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(device);
      int index = (int) check("if_nametoindex", e -> (int) IF_NAMETOINDEX.invokeExact(e, name));
      if (index == 0) {
        throw new IOException("no device " + device);
      }
      return index;
    }
  }

  /**
   * Waits for descriptors.
   *
   * @param descriptors {@code struct pollfd[]}
   * @return how many are ready
   */
  static int poll(MemorySegment descriptors, int count, int timeoutMillis) throws IOException {
    return (int)
        check("poll", e -> (int) POLL.invokeExact(e, descriptors, (long) count, timeoutMillis));
  }

  /** A {@code struct pollfd} that waits until there is something to read. */
  static MemorySegment readable(Arena arena, int fd) {
    MemorySegment descriptor = arena.allocate(8, 4);
    descriptor.set(JAVA_INT, 0, fd);
    descriptor.set(java.lang.foreign.ValueLayout.JAVA_SHORT, 4, (short) POLLIN);
    return descriptor;
  }

  /** Sends a packet; {@code address} may be {@link MemorySegment#NULL} for a bound socket. */
  static void send(int fd, byte[] packet, MemorySegment address) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocateFrom(java.lang.foreign.ValueLayout.JAVA_BYTE, packet);
      int length = (int) address.byteSize();
      check(
          "sendto",
          e -> (long) SENDTO.invokeExact(e, fd, data, (long) packet.length, 0, address, length));
    }
  }

  /** Forgets the connections tracked in the calling thread's namespace (ctnetlink: delete all). */
  static void flushConnections() throws IOException {
    int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);
    try {
      byte[] message = new byte[20];
      ByteBuffer.wrap(message)
          .order(ByteOrder.nativeOrder())
          .putInt(message.length)
          .putShort(CONNTRACK_DELETE)
          .putShort(NLM_F_REQUEST);
      send(fd, message, MemorySegment.NULL);
    } finally {
      close(fd);
    }
  }

  /**
   * Takes the next packet without waiting.
   *
   * @param address where to put the sender, or {@link MemorySegment#NULL}
   * @param addressLength an int that holds the room for the sender, or {@link MemorySegment#NULL}
   * @return its length, or -1 if there is none
   */
  static int receive(
      int fd, MemorySegment buffer, MemorySegment address, MemorySegment addressLength)
      throws IOException {
    return (int)
        check(
            "recvfrom",
            e ->
                (long)
                    RECVFROM.invokeExact(
                        e, fd, buffer, buffer.byteSize(), MSG_DONTWAIT, address, addressLength));
  }
}
