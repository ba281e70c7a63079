package io.sluice.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether what is dropped on the bridge really gets nowhere: run it on a node whose bridge drops
 * everything, and trust the lab only if it finds nothing.
 */
public final class SelfTest {
  private static final byte[] MARK = "sluice-self-test".getBytes(StandardCharsets.US_ASCII);
  private static final int PORT = 9;

  private SelfTest() {}

  /**
   * Sends frames of every kind from a pod: to another pod, to the node, to everybody; with the
   * right MAC addresses, so that no ARP is needed.
   *
   * @return what arrived, one line each: at a receiver's device, or in the node's network stack
   */
  public static List<String> leaks(Node node, Pod from, Host... receivers) throws IOException {
    List<String> leaks = new ArrayList<>();
    List<PacketSocket> ears = new ArrayList<>();
    try (PacketSocket mouth = PacketSocket.open(from)) {
      for (Host receiver : receivers) {
        ears.add(PacketSocket.open(receiver));
      }
      long before = received(node);
      for (byte[] frame : frames(node, from, receivers)) {
        mouth.send(frame);
      }
      for (int i = 0; i < ears.size(); i++) {
        if (ears.get(i).await(f -> Frames.contains(f, MARK), Duration.ofMillis(500)).isPresent()) {
          leaks.add("a frame of " + from.path() + " at " + receivers[i].namespace().name());
        }
      }
      long delivered = received(node) - before;
      if (delivered != 0) {
        leaks.add(delivered + " datagrams of " + from.path() + " in the node's network stack");
      }
    } finally {
      for (PacketSocket ear : ears) {
        ear.close();
      }
    }
    return leaks;
  }

  private static List<byte[]> frames(Node node, Pod from, Host... receivers) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    Mac veth = mac(node, from.port());
    for (Host to : receivers) {
      for (Mac mac : List.of(to.mac(), veth, Mac.BROADCAST)) {
        for (InetAddress source : from.addresses()) {
          for (InetAddress target : to.addresses()) {
            if (source.getClass() == target.getClass()) {
              frames.add(datagram(mac, from.mac(), source, target));
            }
          }
        }
      }
    }
    return frames;
  }

  private static byte[] datagram(Mac to, Mac from, InetAddress source, InetAddress target) {
    byte[] datagram = Frames.udp(source, PORT, target, PORT, MARK);
    return Frames.ip(to, from, source, target, Transport.UDP.number(), datagram);
  }

  private static Mac mac(Node node, String device) throws IOException {
    String shown = node.namespace().run("ip", "-o", "link", "show", device);
    int at = shown.indexOf("link/ether ") + "link/ether ".length();
    return Mac.parse(shown.substring(at, at + 17));
  }

  /** Datagrams that reached UDP in the node's namespace, whether a socket took them or not. */
  private static long received(Node node) throws IOException {
    long total = 0;
    for (String file : List.of("snmp", "snmp6")) {
      String counters =
          node.namespace()
              .call(
                  () ->
                      java.nio.file.Files.readString(
                          java.nio.file.Path.of("/proc/thread-self/net", file)));
      total += file.equals("snmp") ? udp4(counters) : udp6(counters);
    }
    return total;
  }

  private static long udp4(String snmp) {
    List<String> lines = snmp.lines().filter(line -> line.startsWith("Udp: ")).toList();
    String[] values = lines.get(1).split(" ", -1);
    return Long.parseLong(values[1]) + Long.parseLong(values[2]);
  }

  private static long udp6(String snmp6) {
    return snmp6
        .lines()
        .filter(line -> line.startsWith("Udp6InDatagrams") || line.startsWith("Udp6NoPorts"))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf('\t') + 1).strip()))
        .sum();
  }
}
