package io.sluice.datapath.nftables.wire;

import io.sluice.api.net.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Types of values, as they lie in registers and in the keys of sets. */
enum Field {
  IPV4("ipv4_addr", 7, 4),
  IPV6("ipv6_addr", 8, 16),
  SERVICE("inet_service", 13, 2),
  INTERFACE("ifname", 41, 16),
  /** Of no use in sets here; a byte with a name. */
  FAMILY("nf_proto", 0, 1),
  PROTOCOL("inet_proto", 0, 1),
  DISCOVERY("icmpv6_type", 0, 1),
  TCP_FLAGS("tcp_flag", 0, 1),
  /** Four bytes of the host's order with a name. */
  STATE("ct_state", 0, 4),
  ADDRESS_TYPE("fib_addrtype", 0, 4);

  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("ipv4", 2),
          Map.entry("ipv6", 10),
          Map.entry("icmp", 1),
          Map.entry("tcp", 6),
          Map.entry("udp", 17),
          Map.entry("ipv6-icmp", 58),
          Map.entry("sctp", 132),
          Map.entry("mld-listener-report", 131),
          Map.entry("mld-listener-done", 132),
          Map.entry("nd-router-solicit", 133),
          Map.entry("nd-neighbor-solicit", 135),
          Map.entry("nd-neighbor-advert", 136),
          Map.entry("mld2-listener-report", 143),
          Map.entry("fin", 1),
          Map.entry("syn", 2),
          Map.entry("rst", 4),
          Map.entry("ack", 16),
          Map.entry("invalid", 1),
          Map.entry("established", 2),
          Map.entry("related", 4),
          Map.entry("new", 8),
          Map.entry("untracked", 64),
          Map.entry("local", 2));

  /** What separates the members of a set of flags. */
  private static final String FLAGS = "[,|]";

  private final String word;
  private final int number;
  private final int length;

  Field(String word, int number, int length) {
    this.word = word;
    this.number = number;
    this.length = length;
  }

  /** The type of a set's key, or of a part of it. */
  static Field ofSet(String word) throws UnknownCommandException {
    Optional<Field> found =
        Arrays.stream(values()).filter(f -> f.number > 0 && f.word.equals(word)).findFirst();
    return found.orElseThrow(() -> new UnknownCommandException("type " + word));
  }

  /** The number by which programs that list sets know the type. */
  int number() {
    return number;
  }

  int length() {
    return length;
  }

  boolean isFlags() {
    return this == STATE || this == TCP_FLAGS;
  }

  /** Whether numbers of this type are in the host's order. */
  boolean isHostOrder() {
    return this == STATE || this == ADDRESS_TYPE || this == INTERFACE;
  }

  /** A value. */
  byte[] value(String text) throws UnknownCommandException {
    try {
      return switch (this) {
        case IPV4, IPV6 -> address(text);
        case SERVICE -> bytes(Integer.parseInt(text));
        case INTERFACE ->
            Arrays.copyOf(Words.unquoted(text).getBytes(StandardCharsets.UTF_8), length);
        default -> bytes(named(text));
      };
    } catch (IllegalArgumentException e) {
      throw new UnknownCommandException(word + " " + text);
    }
  }

  private byte[] address(String text) throws UnknownCommandException {
    byte[] bytes = IpAddress.parse(text).toInetAddress().getAddress();
    if (bytes.length != length) {
      throw new UnknownCommandException(word + " " + text);
    }
    return bytes;
  }

  /** The sum of names. */
  private int named(String text) throws UnknownCommandException {
    int sum = 0;
    for (String name : List.of(text.split(FLAGS, -1))) {
      Integer value = NAMES.get(name);
      if (value == null) {
        throw new UnknownCommandException(word + " " + text);
      }
      sum |= value;
    }
    return sum;
  }

  private byte[] bytes(int value) throws UnknownCommandException {
    ByteBuffer four = ByteBuffer.allocate(Integer.BYTES);
    if (isHostOrder()) {
      return four.order(ByteOrder.nativeOrder()).putInt(value).array();
    }
    if (value < 0 || value >> (8 * length) != 0) {
      throw new UnknownCommandException(word + " " + value);
    }
    return Arrays.copyOfRange(four.putInt(value).array(), Integer.BYTES - length, Integer.BYTES);
  }

  /** The mask of a prefix of this length. */
  byte[] mask(int bits) {
    byte[] mask = new byte[length];
    for (int i = 0; i < bits; i++) {
      mask[i / 8] |= (byte) (0x80 >> (i % 8));
    }
    return mask;
  }
}
