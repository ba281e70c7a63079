package io.sluice.benchmarks;

import io.sluice.api.datapath.Datapath;
import io.sluice.datapath.nftables.NftDatapath;
import io.sluice.datapath.ovs.OvsDatapath;
import io.sluice.engine.core.PolicyEngine;
import io.sluice.lab.Lab;
import io.sluice.lab.Node;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import io.sluice.lab.RoutedNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a policy costs the packets: bytes a second of one connection, and connections a second one
 * after another, from a host elsewhere to a pod of a node that admits {@link #PEERS} addresses. All
 * of it is on this machine, whose processors also run both ends.
 */
final class Passage {
  private static final int PEERS = 1_000;
  private static final int PORT = 8080;
  private static final String CLIENT = "10.16.0.5";
  private static final long NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final int BLOCK = 128 << 10;

  private final String variant;
  private final Peers load = new Peers(PEERS);

  /**
   * A measurement.
   *
   * @param variant one of {@link #variants}
   */
  Passage(String variant) {
    this.variant = variant;
  }

  /** What is measured: who routes or switches, and what judges. */
  static List<String> variants() {
    return List.of("router alone", "router nft", "router sluice", "switch alone", "switch sluice");
  }

  /** Makes the node, measures and prints; removes everything. */
  void run() throws IOException, InterruptedException {
    try (Lab lab = Lab.create()) {
      List<PodSpec> pods = new ArrayList<>();
      for (int i = 0; i < Peers.LOCAL; i++) {
        pods.add(PodSpec.of(Peers.NAMESPACE, "here-" + i, "10.0.0." + (i + 1)));
      }
      if (variant.startsWith("router")) {
        router(lab.routedNode("n1", List.of("192.0.2.1")), pods);
      } else {
        bridge(lab.node("n1", List.of("192.0.2.1")), pods);
      }
    }
  }

  private void router(RoutedNode node, List<PodSpec> pods)
      throws IOException, InterruptedException {
    Pod server = node.addPods(pods).getFirst();
    Pod client = node.addOutsider("outside", CLIENT);
    switch (variant) {
      case "router nft" -> {
        Path file = Files.writeString(node.directory().resolve("hand.nft"), byHand());
        node.nft("-f", file.toString());
        measure(client, server);
      }
      case "router sluice" -> {
        try (NftDatapath datapath =
            new NftDatapath(Map.of(), node.namespace().threads("sluice-nftables"))) {
          enforce(datapath);
          measure(client, server);
        }
      }
      default -> measure(client, server);
    }
  }

  private void bridge(Node node, List<PodSpec> pods) throws IOException, InterruptedException {
    Pod server = node.addPods(pods).getFirst();
    Pod client = node.addOutsider("outside", CLIENT);
    if (!variant.equals("switch sluice")) {
      node.replaceFlows("priority=0,actions=NORMAL\n");
      measure(client, server);
      return;
    }
    try (OvsDatapath datapath =
        new OvsDatapath(
            Map.of(
                "bridge",
                Node.BRIDGE,
                "socketDirectory",
                node.socketDirectory().toString(),
                "uplinkPorts",
                client.port(),
                "manageBridge",
                "true"))) {
      enforce(datapath);
      measure(client, server);
    }
  }

  private void enforce(Datapath datapath) throws InterruptedException {
    PolicyEngine engine = load.engine();
    RouterEvents.await(datapath.snapshot(engine.snapshot()));
    RouterEvents.await(datapath.confirm(engine.revision()));
  }

  /** The same policy as somebody would write it who has this one only. */
  private static String byHand() {
    List<String> clients = new ArrayList<>();
    for (int i = 0; i < PEERS; i++) {
      clients.add("10.16." + i / 256 + "." + i % 256);
    }
    return """
    table inet hand {
      set clients { type ipv4_addr; elements = { %s } }
      set servers { type ipv4_addr; flags interval; elements = { 10.0.0.1-10.0.0.%d } }
      chain forward {
        type filter hook forward priority filter; policy accept;
        ct state established,related accept
        ip daddr @servers ip saddr @clients tcp dport %d accept
        ip daddr @servers drop
      }
    }
    """
        .formatted(String.join(", ", clients), Peers.LOCAL, PORT);
  }

  private void measure(Pod client, Pod server) throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(server.v4(), PORT);
    AtomicLong received = new AtomicLong();
    AtomicReference<IOException> failure = new AtomicReference<>();
    try (ServerSocketChannel listener =
        server.namespace().call(() -> ServerSocketChannel.open().bind(address, 1024))) {
      server.namespace().threads("serve").newThread(() -> serve(listener, received)).start();
      run(client, failure, () -> bytes(address));
      double gigabits = received.get() * 8.0 / NANOS;
      long[] connections = new long[1];
      run(client, failure, () -> connections[0] = connections(address));
      System.out.printf(
          Locale.ROOT,
          "N2 %s, %d peers: %.2f Gbit/s, %.0f connections/s%n",
          variant,
          PEERS,
          gigabits,
          connections[0] / (NANOS / 1e9));
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void run(Pod pod, AtomicReference<IOException> failure, Work work)
      throws IOException, InterruptedException {
    Thread thread =
        pod.namespace()
            .threads("client")
            .newThread(
                () -> {
                  try {
                    work.run();
                  } catch (IOException e) {
                    failure.set(e);
                  }
                });
    thread.start();
    thread.join();
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  private static void bytes(InetSocketAddress address) throws IOException {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    try (SocketChannel channel = SocketChannel.open()) {
      channel.socket().connect(address, 5000);
      long end = System.nanoTime() + NANOS;
      while (System.nanoTime() < end) {
        channel.write(block.clear());
      }
    }
  }

  private static long connections(InetSocketAddress address) throws IOException {
    long made = 0;
    long end = System.nanoTime() + NANOS;
    while (System.nanoTime() < end) {
      try (SocketChannel channel = SocketChannel.open()) {
        // A reset leaves nothing behind that would use up the ports.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.socket().connect(address, 5000);
        made++;
      }
    }
    return made;
  }

  /** Reads whatever comes, from one connection after another, until the listener is closed. */
  private static void serve(ServerSocketChannel listener, AtomicLong received) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK);
    while (true) {
      try (SocketChannel channel = listener.accept()) {
        for (int read = 0; read >= 0; read = channel.read(buffer.clear())) {
          received.addAndGet(read);
        }
      } catch (IOException e) {
        // Reset by the client, which is how each ends; unless it is over.
        if (!listener.isOpen()) {
          return;
        }
      }
    }
  }
}
