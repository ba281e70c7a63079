package io.sluice.engine.host;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The configuration, read.
 *
 * @param node this node's name
 * @param addresses the host's own addresses; empty to look them up
 * @param datapath the name of the enforcing datapath; empty for the best there is
 * @param grace how long to wait for late sources; zero: without limit
 * @param denialsPerSecond how many denied packets are logged a second
 * @param takeover how long a datapath may take to take over from another
 * @param copyAfter how long sources are waited for before the durable copy is used
 * @param forget sources and kinds of policies whose objects are given up if they are not bound
 * @param lint what lint tells, and how often it looks
 * @param problems what could not be read; its default is used
 */
record Settings(
    String node,
    Optional<Set<IpAddress>> addresses,
    String datapath,
    Duration grace,
    int denialsPerSecond,
    Duration takeover,
    Duration copyAfter,
    Set<String> forget,
    LintSettings lint,
    List<Problem> problems) {
  private static final String AUTO = "auto";
  private static final Duration COPY_AFTER = Duration.ofSeconds(5);
  private static final int TAKEOVER = 30;
  private static final int LONGEST_TAKEOVER = 600;

  /** With the defaults of what concerns the durable copy and lint. */
  Settings(
      String node,
      Optional<Set<IpAddress>> addresses,
      String datapath,
      Duration grace,
      int denialsPerSecond,
      Duration takeover,
      List<Problem> problems) {
    this(
        node,
        addresses,
        datapath,
        grace,
        denialsPerSecond,
        takeover,
        COPY_AFTER,
        Set.of(),
        LintSettings.DEFAULT,
        problems);
  }

  static Settings of(NodeConfig node, EngineConfig engine, String hostName) {
    List<Problem> problems = new ArrayList<>();
    String name = node.name().strip();
    return new Settings(
        name.isEmpty() ? hostName : name,
        addresses(node.addresses(), problems),
        engine.datapath().strip(),
        Duration.ofSeconds(number("syncGrace", engine.syncGrace(), 0, problems)),
        number("denialsPerSecond", engine.denialsPerSecond(), 10, problems),
        takeover(engine.takeoverSeconds(), problems),
        Duration.ofSeconds(
            number("copyAfter", engine.copyAfter(), (int) COPY_AFTER.toSeconds(), problems)),
        words(engine.forget()),
        LintSettings.of(
            words(engine.lintIgnore()),
            number("lintInterval", engine.lintInterval(), LintSettings.INTERVAL, problems),
            problems),
        List.copyOf(problems));
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.strip().split("[\\s,]+", -1))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Duration takeover(String text, List<Problem> problems) {
    int seconds = number("takeoverSeconds", text, TAKEOVER, problems);
    if (seconds >= 1 && seconds <= LONGEST_TAKEOVER) {
      return Duration.ofSeconds(seconds);
    }
    problems.add(
        new Problem(
            "io.sluice.engine.cfg",
            "",
            "takeoverSeconds",
            "'" + seconds + "' is not from 1 to " + LONGEST_TAKEOVER + "; " + TAKEOVER + " is used",
            "write a number of that range, or leave the key out"));
    return Duration.ofSeconds(TAKEOVER);
  }

  private static int number(String key, String text, int otherwise, List<Problem> problems) {
    String digits = text.strip();
    if (digits.isEmpty()) {
      return otherwise;
    }
    if (digits.matches("[0-9]{1,9}")) {
      return Integer.parseInt(digits);
    }
    problems.add(
        new Problem(
            "io.sluice.engine.cfg",
            "",
            key,
            "'" + digits + "' is no number from 0 to 999999999; " + otherwise + " is used",
            "write a whole number, or leave the key out"));
    return otherwise;
  }

  private static Optional<Set<IpAddress>> addresses(String text, List<Problem> problems) {
    if (text.isBlank() || text.strip().equals(AUTO)) {
      return Optional.empty();
    }
    Set<IpAddress> addresses = new TreeSet<>();
    for (String word : text.strip().split("[\\s,]+", -1)) {
      try {
        addresses.add(IpAddress.parse(word));
      } catch (IllegalArgumentException e) {
        problems.add(
            new Problem(
                "io.sluice.node.cfg",
                "",
                "addresses",
                Calls.text(e) + "; the interfaces' addresses are used",
                "write 'auto', or addresses separated by commas"));
        return Optional.empty();
      }
    }
    return Optional.of(addresses);
  }
}
