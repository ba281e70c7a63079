package io.sluice.datapath.nftables.netlink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kernel's rules: takes batches of changes, and reads what is in a table of family inet. */
public final class Rules implements AutoCloseable {
  private static final int SUBSYSTEM = 10 << 8;
  private static final int GET_CHAINS = SUBSYSTEM | 4;
  private static final int GET_SETS = SUBSYSTEM | 10;
  static final int NEW_GENERATION = SUBSYSTEM | 15;
  private static final int GET_GENERATION = SUBSYSTEM | 16;
  private static final int GET_OBJECTS = SUBSYSTEM | 19;
  private static final int GET_FLOWTABLES = SUBSYSTEM | 23;
  private static final int RECEIVE_BUFFER = 1 << 20;
  private static final int NFGENMSG = 4;
  private static final byte INET = 1;
  private static final int TABLE = 1;
  private static final int MAP = 8;
  private static final int SEQUENCE_AT = Integer.BYTES + 8;

  /** How objects are called, by the number of their type. */
  private static final Map<Integer, String> OBJECTS =
      Map.of(
          1,
          "counter",
          2,
          "quota",
          3,
          "ct helper",
          4,
          "limit",
          7,
          "ct timeout",
          8,
          "secmark",
          9,
          "ct expectation",
          10,
          "synproxy");

  /**
   * Something in a table.
   *
   * @param kind what it is, as nft(8) calls it
   * @param name its name
   * @param packets what a counter has counted
   * @param bytes what a counter has counted
   */
  public record Item(String kind, String name, long packets, long bytes) {}

  /**
   * Why a batch was refused.
   *
   * @param sequence the number of the message that was refused; 0 if all were
   * @param error the number of the error
   */
  public record Refusal(int sequence, int error) {}

  private final NetlinkSocket socket;

  /** Opens a socket in the thread's network namespace. */
  public Rules() throws IOException {
    socket = NetlinkSocket.open(NetlinkSocket.NETFILTER, RECEIVE_BUFFER);
  }

  /**
   * Sends a batch, which takes effect as a whole or not at all. One of its messages has to ask for
   * an answer.
   *
   * @return why it was refused; empty if it has taken effect
   */
  public Optional<Refusal> send(byte[] batch) throws IOException {
    socket.send(batch);
    Optional<Refusal> first = Optional.empty();
    boolean answered = false;
    // The kernel has done it all, and has answered, by the time that the call returns.
    for (List<NetlinkMessage> some = socket.poll(); !some.isEmpty(); some = socket.poll()) {
      for (NetlinkMessage message : some) {
        if (message.type() != NetlinkMessage.ERROR) {
          continue;
        }
        answered = true;
        int error = -message.body().getInt(0);
        if (error != 0 && first.isEmpty()) {
          first = Optional.of(new Refusal(message.body().getInt(SEQUENCE_AT), error));
        }
      }
    }
    if (!answered) {
      throw new IOException("the kernel did not say whether it took the rules");
    }
    return first;
  }

  /** The number of the rules' generation. */
  public int generation() throws IOException {
    ByteBuffer body = NetlinkMessage.room(NFGENMSG);
    for (NetlinkMessage message : socket.request(GET_GENERATION, 0, body)) {
      Optional<ByteBuffer> id = number(message.attributes(NFGENMSG), 1);
      if (message.type() == NEW_GENERATION && id.isPresent()) {
        return id.get().getInt(0);
      }
    }
    throw new IOException("the kernel does not tell the generation of its rules");
  }

  /** What is in a table; nothing if there is no such table. */
  public List<Item> items(String table) throws IOException {
    while (true) {
      int before = generation();
      List<Item> items = new ArrayList<>();
      dump(GET_CHAINS, table, 3, attributes -> "chain", items);
      dump(GET_SETS, table, 2, Rules::setKind, items);
      dump(GET_OBJECTS, table, 2, Rules::objectKind, items);
      dump(GET_FLOWTABLES, table, 2, attributes -> "flowtable", items);
      if (generation() == before) {
        return items;
      }
    }
  }

  /** The counters of a table. */
  public List<Item> counters(String table) throws IOException {
    List<Item> items = new ArrayList<>();
    dump(GET_OBJECTS, table, 2, Rules::objectKind, items);
    return items.stream().filter(item -> item.kind().equals("counter")).toList();
  }

  private interface Kind {
    String of(Map<Integer, ByteBuffer> attributes);
  }

  private static String setKind(Map<Integer, ByteBuffer> attributes) {
    int flags = number(attributes, 3).map(flag -> flag.getInt(0)).orElse(0);
    return (flags & MAP) == 0 ? "set" : "map";
  }

  private static String objectKind(Map<Integer, ByteBuffer> attributes) {
    int type = number(attributes, 3).map(each -> each.getInt(0)).orElse(0);
    return OBJECTS.getOrDefault(type, "object");
  }

  private static Optional<ByteBuffer> number(Map<Integer, ByteBuffer> attributes, int type) {
    return Optional.ofNullable(attributes.get(type)).map(each -> each.order(ByteOrder.BIG_ENDIAN));
  }

  private void dump(int type, String table, int nameAt, Kind kind, List<Item> to)
      throws IOException {
    ByteBuffer body = NetlinkMessage.room(NFGENMSG).put(0, INET);
    for (NetlinkMessage message : socket.request(type, NetlinkMessage.DUMP, body)) {
      Map<Integer, ByteBuffer> attributes = message.attributes(NFGENMSG);
      ByteBuffer owner = attributes.get(TABLE);
      ByteBuffer name = attributes.get(nameAt);
      if (owner == null || name == null || !NetlinkMessage.text(owner).equals(table)) {
        continue;
      }
      String what = kind.of(attributes);
      long packets = 0;
      long bytes = 0;
      if (what.equals("counter")) {
        Map<Integer, ByteBuffer> data =
            Optional.ofNullable(attributes.get(4))
                .map(each -> NetlinkMessage.attributes(each, 0))
                .orElse(Map.of());
        bytes = number(data, 1).map(each -> each.getLong(0)).orElse(0L);
        packets = number(data, 2).map(each -> each.getLong(0)).orElse(0L);
      }
      to.add(new Item(what, NetlinkMessage.text(name), packets, bytes));
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
