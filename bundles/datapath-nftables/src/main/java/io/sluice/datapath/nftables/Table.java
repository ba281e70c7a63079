package io.sluice.datapath.nftables;

import io.sluice.datapath.nftables.netlink.RuleEvents;
import io.sluice.datapath.nftables.netlink.Rules;
import io.sluice.datapath.nftables.nft.LibNftables;
import io.sluice.datapath.nftables.nft.NftException;
import io.sluice.datapath.nftables.nft.NftProgram;
import io.sluice.datapath.nftables.nft.Nftables;
import io.sluice.datapath.nftables.wire.WireNftables;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Our table in the kernel: transactions, what is there, and whether somebody else touched it. */
final class Table implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Table.class.getName());
  private static final String PROGRAM = "nft";
  private static final Pattern EDITION = Pattern.compile("denied_(\\d{1,8})");

  /**
   * What a counter has counted.
   *
   * @param packets packets
   * @param bytes bytes in them
   */
  record Count(long packets, long bytes) {}

  private final String name;
  private final Rules rules;
  private final Nftables nft;
  private final RuleEvents events;
  private boolean doubt;
  private long transactions;

  /**
   * Opens what is needed to run transactions, in the thread's network namespace.
   *
   * @throws IOException if this machine can't run them; the message says why
   */
  Table(Settings.Home home) throws IOException {
    name = home.table();
    rules = new Rules();
    @Nullable Nftables opened = null;
    try {
      opened = home.library() ? new WireNftables(rules, library()) : new NftProgram(PROGRAM);
      opened.run("list tables inet\n");
      events = new RuleEvents(name, rules);
      nft = opened;
    } catch (IOException e) {
      if (opened != null) {
        opened.close();
      }
      rules.close();
      throw e;
    }
  }

  /** The library; where it is there but can't be used, the program does as well. */
  private static Nftables library() throws NftException {
    try {
      return LibNftables.open();
    } catch (NftException e) {
      NftProgram program = new NftProgram(PROGRAM);
      try {
        program.run("list tables inet\n");
      } catch (NftException neither) {
        e.addSuppressed(neither);
        throw e;
      }
      LOG.log(System.Logger.Level.WARNING, "using the nft program: " + e.getMessage());
      return program;
    }
  }

  /** Runs a transaction. */
  void run(String commands) throws IOException {
    transactions++;
    events.begin();
    try {
      nft.run(commands);
    } finally {
      doubt |= events.end();
    }
  }

  /** Whether somebody else has changed the table, or may have, since this was asked last. */
  boolean disturbed() throws IOException {
    boolean disturbed = events.disturbed() || doubt;
    doubt = false;
    return disturbed;
  }

  /** The objects in the table, each with its kind before its name; none if there is no table. */
  List<String> objects() throws IOException {
    return rules.items(name).stream()
        .map(item -> item.kind().replace(' ', '-') + " " + item.name())
        .toList();
  }

  /** The highest edition among these objects; 0 if there is none. */
  static int edition(List<String> objects) {
    int highest = 0;
    for (String object : objects) {
      Matcher matcher = EDITION.matcher(object);
      if (matcher.find()) {
        highest = Math.max(highest, Integer.parseInt(matcher.group(1)));
      }
    }
    return highest;
  }

  /** What all counters have counted, by name. */
  Map<String, Count> counters() throws IOException {
    Map<String, Count> counts = new HashMap<>();
    rules
        .counters(name)
        .forEach(item -> counts.put(item.name(), new Count(item.packets(), item.bytes())));
    return counts;
  }

  /** Removes the table. */
  void remove() throws IOException {
    run("add table inet " + name + "\ndelete table inet " + name + "\n");
  }

  String description() {
    return nft.description();
  }

  long transactions() {
    return transactions;
  }

  @Override
  public void close() {
    events.close();
    nft.close();
    rules.close();
  }
}
