package io.sluice.datapath.nftables.netlink;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A netlink socket (netlink(7)), which belongs to the network namespace of the thread that opened
 * it. Not thread-safe.
 */
@SuppressWarnings("restricted") // native access is what this class is for
final class NetlinkSocket implements AutoCloseable {
  static final int ROUTE = 0;
  static final int NETFILTER = 12;

  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SOL_NETLINK = 270;
  private static final int ADD_MEMBERSHIP = 1;
  private static final int DROP_MEMBERSHIP = 2;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int EINTR = 4;
  private static final int EAGAIN = 11;
  private static final int ENOBUFS = 105;
  private static final int BUFFER = 1 << 16;
  private static final int ADDRESS_SIZE = 12;
  private static final int TIMEOUT_SECONDS = 10;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout ERRNO = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_VALUE =
      ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle SOCKET =
      handle("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = handle("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CLOSE = handle("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle SETSOCKOPT =
      handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle SEND =
      handle("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle RECV =
      handle("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

  /** Messages were lost, because nobody had read them in time. */
  static final class OverrunException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The kernel refused a request. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(int error) {
      super("errno " + error);
    }
  }

  private final Arena arena = Arena.ofShared();
  private final MemorySegment errno = arena.allocate(ERRNO);
  private final MemorySegment buffer = arena.allocate(BUFFER);
  private final int descriptor;
  private int sequence;
  private int sendBuffer = BUFFER;

  private NetlinkSocket(int protocol) throws IOException {
    descriptor =
        (int)
            check(
                "socket",
                () ->
                    (int) SOCKET.invokeExact(errno, AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol));
  }

  /**
   * Opens one.
   *
   * @param receiveBuffer how many bytes may wait to be read
   */
  static NetlinkSocket open(int protocol, int receiveBuffer) throws IOException {
    NetlinkSocket socket = new NetlinkSocket(protocol);
    try {
      socket.bind();
      socket.option(SOL_SOCKET, SO_RCVBUFFORCE, receiveBuffer, 0);
      socket.option(SOL_SOCKET, SO_RCVTIMEO, TIMEOUT_SECONDS, 0, 0, 0);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static MethodHandle handle(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"));
  }

  private interface Call {
    long invoke() throws Throwable;
  }

  /** Repeats a call that a signal interrupted; -1 for "nothing there now". */
  private long check(String name, Call call) throws IOException {
    try {
      while (true) {
        long result = call.invoke();
        if (result >= 0) {
          return result;
        }
        int error = (int) ERRNO_VALUE.get(errno, 0L);
        switch (error) {
          case EAGAIN -> {
            return -1;
          }
          case ENOBUFS -> throw new OverrunException();
          case EINTR -> {}
          default -> throw new IOException(name + " of a netlink socket: errno " + error);
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws nothing that is checked", e);
    }
  }

  private void option(int level, int option, int... values) throws IOException {
    try (Arena local = Arena.ofConfined()) {
      MemorySegment value = local.allocateFrom(JAVA_INT, values);
      boolean one = option == SO_RCVBUFFORCE || option == SO_SNDBUFFORCE;
      int size = one ? Integer.BYTES : (int) value.byteSize();
      check(
          "setsockopt",
          () -> (int) SETSOCKOPT.invokeExact(errno, descriptor, level, option, value, size));
    }
  }

  /** Takes an address of the kernel's choice. A socket without one is told nothing of a group. */
  private void bind() throws IOException {
    try (Arena local = Arena.ofConfined()) {
      MemorySegment address = local.allocate(ADDRESS_SIZE, Integer.BYTES); // struct sockaddr_nl
      address.set(JAVA_SHORT, 0, (short) AF_NETLINK);
      check("bind", () -> (int) BIND.invokeExact(errno, descriptor, address, ADDRESS_SIZE));
    }
  }

  /** Begins to hear what a group is told. */
  void join(int group) throws IOException {
    option(SOL_NETLINK, ADD_MEMBERSHIP, group);
  }

  /** Hears it no more. */
  void leave(int group) throws IOException {
    option(SOL_NETLINK, DROP_MEMBERSHIP, group);
  }

  /** Sends bytes as they are, however many. */
  void send(byte[] message) throws IOException {
    if (message.length > sendBuffer) {
      // The kernel takes a part of it for its own accounts.
      sendBuffer = Math.addExact(message.length, message.length / 2);
      option(SOL_SOCKET, SO_SNDBUFFORCE, sendBuffer, 0);
    }
    try (Arena local = Arena.ofConfined()) {
      MemorySegment data = local.allocateFrom(JAVA_BYTE, message);
      long sent =
          check("send", () -> (long) SEND.invokeExact(errno, descriptor, data, data.byteSize(), 0));
      if (sent != message.length) {
        throw new IOException("the kernel took " + sent + " of " + message.length + " bytes");
      }
    }
  }

  /**
   * Asks, and reads all of the answer.
   *
   * @throws RefusedException if the answer is an error
   */
  List<NetlinkMessage> request(int type, int flags, ByteBuffer body) throws IOException {
    send(NetlinkMessage.encode(type, NetlinkMessage.REQUEST | flags, ++sequence, body));
    boolean dump = (flags & NetlinkMessage.DUMP) == NetlinkMessage.DUMP;
    List<NetlinkMessage> answer = new ArrayList<>();
    while (true) {
      List<NetlinkMessage> received = receive(0);
      if (received.isEmpty()) {
        throw new IOException("the kernel does not answer on a netlink socket");
      }
      for (NetlinkMessage each : received) {
        if (each.type() == NetlinkMessage.DONE) {
          return answer;
        }
        if (each.type() == NetlinkMessage.ERROR) {
          int error = -each.body().getInt(0);
          if (error != 0) {
            throw new RefusedException(error);
          }
          return answer;
        }
        answer.add(each);
      }
      if (!dump && (flags & NetlinkMessage.ACK) == 0) {
        return answer;
      }
    }
  }

  /**
   * What has arrived; nothing if nothing has.
   *
   * @throws OverrunException if messages were lost
   */
  List<NetlinkMessage> poll() throws IOException {
    return receive(MSG_DONTWAIT);
  }

  private List<NetlinkMessage> receive(int flags) throws IOException {
    long length =
        check(
            "recv",
            () -> (long) RECV.invokeExact(errno, descriptor, buffer, buffer.byteSize(), flags));
    return length <= 0
        ? List.of()
        : NetlinkMessage.decode(buffer.asSlice(0, length).toArray(JAVA_BYTE));
  }

  @Override
  public void close() {
    if (!arena.scope().isAlive()) {
      return;
    }
    try {
      check("close", () -> (int) CLOSE.invokeExact(errno, descriptor));
    } catch (IOException e) {
      throw new IllegalStateException("can't close a socket", e);
    } finally {
      arena.close();
    }
  }
}
