package io.sluice.datapath.nftables;

import io.sluice.datapath.nftables.netlink.RuleEvents;
import io.sluice.datapath.nftables.nft.LibNftables;
import io.sluice.datapath.nftables.nft.NftException;
import io.sluice.datapath.nftables.nft.NftProgram;
import io.sluice.datapath.nftables.nft.Nftables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Our table in the kernel: transactions, what is there, and whether somebody else touched it. */
final class Table implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Table.class.getName());
  private static final String PROGRAM = "nft";
  private static final Pattern OBJECT = Pattern.compile("(?m)^\t([a-z]+(?: helper)?) (\\S+) \\{");
  private static final Pattern EDITION = Pattern.compile("denied_(\\d{1,8})");
  private static final Pattern COUNTER =
      Pattern.compile("counter (\\S+) \\{\\s+packets (\\d+) bytes (\\d+)");

  /**
   * What a counter has counted.
   *
   * @param packets packets
   * @param bytes bytes in them
   */
  record Count(long packets, long bytes) {}

  private final String name;
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
    nft = home.library() ? library() : new NftProgram(PROGRAM);
    try {
      nft.run("list tables inet\n");
      events = new RuleEvents(name);
    } catch (IOException e) {
      nft.close();
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
  List<String> objects() throws NftException {
    String listed;
    try {
      listed = nft.run("list table inet " + name + "\n");
    } catch (NftException e) {
      if (e.isAbsent()) {
        return List.of();
      }
      throw e;
    }
    List<String> objects = new ArrayList<>();
    Matcher matcher = OBJECT.matcher(listed);
    while (matcher.find()) {
      objects.add(matcher.group(1).replace(' ', '-') + " " + matcher.group(2));
    }
    return objects;
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
  Map<String, Count> counters() throws NftException {
    Map<String, Count> counts = new HashMap<>();
    Matcher matcher = COUNTER.matcher(nft.run("list counters table inet " + name + "\n"));
    while (matcher.find()) {
      counts.put(
          matcher.group(1),
          new Count(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))));
    }
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
  }
}
