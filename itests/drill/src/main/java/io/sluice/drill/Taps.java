package io.sluice.drill;

import io.sluice.lab.Frames;
import io.sluice.lab.Mac;
import io.sluice.lab.PacketSocket;
import io.sluice.lab.Pod;
import io.sluice.lab.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Ears at the devices of pods: whatever arrives is heard, answered or not. Who has sent a frame is
 * told by its MAC, which is a pod's own.
 */
final class Taps implements AutoCloseable {
  /**
   * A packet that arrived.
   *
   * @param flow what it belongs to, seen as its first packet
   * @param moment when it was heard
   */
  record Heard(Flow flow, long moment) {}

  private static final int LAST_SERVER_PORT = 7099;

  private final ConcurrentMap<Mac, Pod> pods = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Heard> heard = new ArrayList<>();
  private volatile boolean stopping;
  private @Nullable IOException failure;

  /** Makes a pod known as a sender. */
  void know(Pod pod) {
    pods.put(pod.mac(), pod);
  }

  /** Begins to listen at a pod. */
  void listen(Pod pod) throws IOException {
    PacketSocket ear = PacketSocket.open(pod);
    Thread thread =
        Thread.ofPlatform().daemon().name("tap " + pod.path()).unstarted(() -> run(pod, ear));
    threads.add(thread);
    thread.start();
  }

  private void run(Pod pod, PacketSocket ear) {
    try (ear) {
      while (!stopping) {
        ear.await(frame -> stopping || note(pod, frame), Duration.ofMillis(200));
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Answers false, so that the next one is waited for at once. */
  private boolean note(Pod pod, byte[] frame) {
    long now = System.nanoTime();
    flow(pod, frame)
        .ifPresent(
            flow -> {
              synchronized (heard) {
                heard.add(new Heard(flow, now));
              }
            });
    return false;
  }

  /** The flow of a TCP or UDP packet to one of the pod's services; replies to it are none. */
  private Optional<Flow> flow(Pod to, byte[] frame) {
    if (frame.length < 14 + 20) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    int type = bytes.getShort(12) & 0xffff;
    boolean ipv6 = type == Frames.IPV6;
    if (!ipv6 && type != Frames.IPV4) {
      return Optional.empty();
    }
    int protocol = frame[ipv6 ? 20 : 23] & 0xff;
    int transport = 14 + (ipv6 ? 40 : (frame[14] & 0xf) * 4);
    Pod from = pods.get(mac(frame));
    if (from == null || frame.length < transport + 4) {
      return Optional.empty();
    }
    int port = bytes.getShort(transport + 2) & 0xffff;
    for (Transport known : List.of(Transport.TCP, Transport.UDP)) {
      if (known.number() == protocol && port <= LAST_SERVER_PORT) {
        return Optional.of(new Flow(from, to, known, ipv6, port));
      }
    }
    return Optional.empty();
  }

  private static Mac mac(byte[] frame) {
    long value = 0;
    for (byte part : Arrays.copyOfRange(frame, 6, 12)) {
      value = value << 8 | (part & 0xff);
    }
    return new Mac(value);
  }

  /** What was heard so far. */
  List<Heard> heard() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  @Override
  public void close() throws IOException {
    stopping = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException("interrupted", e);
    }
    if (failure != null) {
      throw failure;
    }
  }
}
