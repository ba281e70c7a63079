package io.sluice.lab;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Just enough of SCTP (RFC 9260) to ask and to answer: INIT and INIT ACK on raw IP sockets, for
 * kernels that have none. An open raw socket also keeps the kernel from answering "protocol
 * unreachable".
 */
final class SctpStack implements AutoCloseable {
  /** A raw socket bound to one address in one namespace: it hears what goes there. */
  private record Raw(NetworkNamespace namespace, InetAddress address, int fd) {
    boolean v4() {
      return address.getAddress().length == 4;
    }
  }

  private record RawKey(NetworkNamespace namespace, InetAddress address) {}

  private final Map<RawKey, Raw> sockets = new HashMap<>();
  private final CopyOnWriteArrayList<Raw> polled = new CopyOnWriteArrayList<>();
  private final Map<NetworkNamespace, Set<Integer>> listening = new ConcurrentHashMap<>();
  private final Map<Integer, Inquiry> inquiries = new ConcurrentHashMap<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("sctp").unstarted(this::serve);
  private int tags;
  private volatile boolean closed;

  /** An INIT that waits for its answer. */
  final class Inquiry {
    private final Probe probe;
    private final Raw raw;
    private final int tag;
    private final byte[] packet;
    private volatile boolean answered;

    Inquiry(Probe probe, Raw raw, int tag, byte[] packet) {
      this.probe = probe;
      this.raw = raw;
      this.tag = tag;
      this.packet = packet;
    }

    Probe probe() {
      return probe;
    }

    boolean answered() {
      return answered;
    }

    /** Sends the INIT, if it is still unanswered. */
    void again() throws IOException {
      if (!answered) {
        send(raw, packet, probe.to());
      }
    }

    void forget() {
      inquiries.remove(tag);
    }
  }

  /** Answers INITs on this port of all addresses of the host. */
  void listen(Host host, int port) throws IOException {
    listening.computeIfAbsent(host.namespace(), key -> ConcurrentHashMap.newKeySet()).add(port);
    for (InetAddress address : host.addresses()) {
      socket(host.namespace(), address);
    }
  }

  /** Sends an INIT. */
  Inquiry inquire(Probe probe, int sourcePort) throws IOException {
    Raw raw = socket(probe.from().namespace(), probe.source());
    int tag;
    synchronized (this) {
      tag = ++tags;
    }
    byte[] packet = Sctp.init(sourcePort, probe.port(), tag);
    Inquiry inquiry = new Inquiry(probe, raw, tag, packet);
    inquiries.put(tag, inquiry);
    inquiry.again();
    return inquiry;
  }

  private synchronized Raw socket(NetworkNamespace namespace, InetAddress address)
      throws IOException {
    RawKey key = new RawKey(namespace, address);
    Raw known = sockets.get(key);
    if (known != null) {
      return known;
    }
    int fd = namespace.call(() -> open(address));
    Raw raw = new Raw(namespace, address, fd);
    sockets.put(key, raw);
    polled.add(raw);
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
    return raw;
  }

  private static int open(InetAddress address) throws IOException {
    boolean v4 = address.getAddress().length == 4;
    int family = v4 ? Libc.AF_INET : Libc.AF_INET6;
    int fd = Libc.socket(family, Libc.SOCK_RAW, Transport.SCTP.number());
    try (Arena arena = Arena.ofConfined()) {
      Libc.bind(fd, socketAddress(arena, address));
      return fd;
    } catch (IOException e) {
      Libc.close(fd);
      throw e;
    }
  }

  /** A {@code sockaddr_in} or {@code sockaddr_in6} without port. */
  private static MemorySegment socketAddress(Arena arena, InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean v4 = bytes.length == 4;
    MemorySegment segment = arena.allocate(v4 ? 16 : 28, 4);
    segment.set(JAVA_SHORT, 0, (short) (v4 ? Libc.AF_INET : Libc.AF_INET6));
    MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, v4 ? 4 : 8, bytes.length);
    return segment;
  }

  private static void send(Raw raw, byte[] packet, InetAddress to) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Libc.send(raw.fd, packet, socketAddress(arena, to));
    }
  }

  private void serve() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(65_536);
      MemorySegment address = arena.allocate(28, 4);
      MemorySegment length = arena.allocate(JAVA_INT);
      while (!closed) {
        Raw[] raws = polled.toArray(Raw[]::new);
        try (Arena turn = Arena.ofConfined()) {
          MemorySegment descriptors = turn.allocate(8L * raws.length, 4);
          for (int i = 0; i < raws.length; i++) {
            descriptors.set(JAVA_INT, 8L * i, raws[i].fd);
            descriptors.set(JAVA_SHORT, 8L * i + 4, (short) Libc.POLLIN);
          }
          Libc.poll(descriptors, raws.length, 20);
        }
        for (Raw raw : raws) {
          while (true) {
            length.set(JAVA_INT, 0, 28);
            int size = Libc.receive(raw.fd, buffer, address, length);
            if (size < 0) {
              break;
            }
            byte[] bytes = buffer.asSlice(0, size).toArray(JAVA_BYTE);
            int offset = raw.v4() ? 4 : 8;
            byte[] from = address.asSlice(offset, raw.v4() ? 4 : 16).toArray(JAVA_BYTE);
            received(raw, bytes, InetAddress.getByAddress(from));
          }
        }
      }
    } catch (IOException e) {
      if (!closed) {
        throw new LabException("SCTP ended", e);
      }
    }
  }

  private void received(Raw raw, byte[] packet, InetAddress from) throws IOException {
    // IPv4 raw sockets deliver the IP header, IPv6 ones don't (raw(7), RFC 3542).
    byte[] sctp =
        raw.v4() ? Arrays.copyOfRange(packet, (packet[0] & 0xf) * 4, packet.length) : packet;
    if (Sctp.isInit(sctp)) {
      if (listening.getOrDefault(raw.namespace, Set.of()).contains(Sctp.destinationPort(sctp))) {
        send(raw, Sctp.initAck(sctp), from);
      }
    } else if (Sctp.isInitAck(sctp)) {
      Inquiry inquiry = inquiries.get(Sctp.verificationTag(sctp));
      if (inquiry != null
          && inquiry.raw.equals(raw)
          && inquiry.probe.to().equals(from)
          && inquiry.probe.port() == Sctp.sourcePort(sctp)) {
        inquiry.answered = true;
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    try {
      if (thread.getState() != Thread.State.NEW) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while SCTP ends", e);
    }
    for (Raw raw : sockets.values()) {
      Libc.close(raw.fd);
    }
    sockets.clear();
  }
}
