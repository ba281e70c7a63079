package io.sluice.datapath.nftables;

import io.sluice.api.net.Cidr;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The configuration, understood.
 *
 * @param home what can't change while the agent runs
 * @param recheck whether established connections are judged again
 * @param pickup whether TCP connections may be picked up in the middle
 * @param reject whether a denied packet is answered
 * @param unknownAllowed whether unknown pods may speak
 * @param podInterfaces names of pods' interfaces, or beginnings of them with {@code *}
 * @param podRanges blocks of this node's pods
 * @param routedInterfaces interfaces with many pods that reach each other only by routing
 * @param spoofGuard whether interfaces are bound to addresses
 * @param logGroup the group of samples; 0 for none
 */
record Settings(
    Home home,
    boolean recheck,
    boolean pickup,
    boolean reject,
    boolean unknownAllowed,
    List<String> podInterfaces,
    List<Cidr> podRanges,
    List<String> routedInterfaces,
    boolean spoofGuard,
    int logGroup) {
  private static final Pattern TABLE = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,30}");
  private static final Pattern INTERFACE = Pattern.compile("[a-zA-Z0-9_.:-]{1,15}\\*?");

  /**
   * What can't change while the agent runs.
   *
   * @param table the table's name
   * @param library whether commands go through the library
   */
  record Home(String table, boolean library) {}

  /** A key has a value that makes no sense. */
  static final class InvalidException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String key;

    InvalidException(String key, String message) {
      super(message);
      this.key = key;
    }

    String key() {
      return key;
    }
  }

  /** Copies the lists. */
  Settings {
    podInterfaces = List.copyOf(podInterfaces);
    podRanges = List.copyOf(podRanges);
    routedInterfaces = List.copyOf(routedInterfaces);
  }

  /** Reads the configuration. */
  static Settings of(Keys keys) throws InvalidException {
    String table = keys.text("table");
    if (!TABLE.matcher(table).matches()) {
      throw new InvalidException("table", "'" + table + "' is no name for a table");
    }
    List<String> interfaces = words(keys.text("podInterfaces"));
    for (String each : interfaces) {
      if (!INTERFACE.matcher(each).matches()) {
        throw new InvalidException("podInterfaces", "'" + each + "' is no interface's name");
      }
    }
    return new Settings(
        new Home(table, choice(keys, "via", "library", "program")),
        choice(keys, "established", "recheck", "keep"),
        choice(keys, "pickup", "allow", "deny"),
        choice(keys, "deny", "reject", "drop"),
        choice(keys, "unknownPods", "allow", "deny"),
        interfaces,
        ranges(keys.text("podRanges")),
        words(keys.text("routedInterfaces")),
        choice(keys, "spoofGuard", "auto", "off"),
        number(keys.text("logGroup")));
  }

  private static List<Cidr> ranges(String text) throws InvalidException {
    try {
      return words(text).stream().map(Cidr::parse).toList();
    } catch (IllegalArgumentException e) {
      throw invalid("podRanges", e);
    }
  }

  private static int number(String text) throws InvalidException {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= 0xffff) {
        return number;
      }
      throw new InvalidException("logGroup", number + " is not within 0 to 65535");
    } catch (NumberFormatException e) {
      throw invalid("logGroup", e);
    }
  }

  private static InvalidException invalid(String key, IllegalArgumentException cause) {
    InvalidException invalid = new InvalidException(key, String.valueOf(cause.getMessage()));
    invalid.initCause(cause);
    return invalid;
  }

  private static boolean choice(Keys keys, String key, String yes, String no)
      throws InvalidException {
    String value = keys.text(key);
    if (!value.equals(yes) && !value.equals(no)) {
      throw new InvalidException(key, "is " + yes + " or " + no + ", not '" + value + "'");
    }
    return value.equals(yes);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("[,\\s]+", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
