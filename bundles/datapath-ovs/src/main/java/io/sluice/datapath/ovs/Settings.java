package io.sluice.datapath.ovs;

import io.sluice.api.net.Cidr;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The configuration, understood.
 *
 * @param home the switch and the bridge
 * @param options what the flows depend on
 * @param hostPort the node's own port: an interface's name, or {@link #LOCAL}
 * @param uplinkPorts names of the interfaces to other machines
 * @param portsFile a file that binds ports, if there is one
 */
record Settings(
    Home home,
    PipelineOptions options,
    String hostPort,
    List<String> uplinkPorts,
    Optional<Path> portsFile) {
  /** The port of the bridge itself. */
  static final String LOCAL = "LOCAL";

  private static final int UNMANAGED_FIRST_TABLE = 10;

  /**
   * Where it is.
   *
   * @param bridge the bridge
   * @param socketDirectory where its sockets lie
   * @param managed whether the bridge is ours
   */
  record Home(String bridge, Path socketDirectory, boolean managed) {
    /** For {@link BridgeRow#REPLACES}. */
    String place() {
      return socketDirectory.resolve(bridge).toString();
    }

    Path management() {
      return socketDirectory.resolve(bridge + ".mgmt");
    }

    Path database() {
      return socketDirectory.resolve("db.sock");
    }
  }

  /** The same for another bridge. */
  Settings at(String bridge, Path socketDirectory) {
    return new Settings(
        new Home(bridge, socketDirectory, home.managed()),
        options,
        hostPort,
        uplinkPorts,
        portsFile);
  }

  /** Whether another configuration means the same bridge, by the same sockets. */
  boolean samePlace(Settings other) {
    return home.bridge().equals(other.home.bridge())
        && home.socketDirectory().equals(other.home.socketDirectory());
  }

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

  /** Copies the list. */
  Settings {
    uplinkPorts = List.copyOf(uplinkPorts);
  }

  /** Reads the configuration. */
  static Settings of(Keys keys) throws InvalidException {
    if (keys.text("bridge").isEmpty()) {
      throw new InvalidException("bridge", "names no bridge");
    }
    Home home =
        new Home(
            keys.text("bridge"),
            Path.of(keys.text("socketDirectory")),
            choice(keys, "manageBridge", "true", "false"));
    int first = number(keys, "firstTable", -1, 254);
    if (first < 0) {
      first = home.managed() ? 0 : UNMANAGED_FIRST_TABLE;
    }
    PipelineOptions options =
        new PipelineOptions(
            check("firstTable", first, Layout::new),
            number(keys, "zone", 1, 0xffff),
            check("finalAction", keys.text("finalAction"), FinalAction::parse),
            choice(keys, "established", "recheck", "keep"),
            choice(keys, "pickup", "allow", "deny"),
            choice(keys, "unknownPods", "allow", "deny"),
            check(
                "podRanges",
                keys.text("podRanges"),
                text -> words(text).stream().map(Cidr::parse).toList()),
            true,
            OptionalInt.empty(),
            false);
    if (options.finalAction() instanceof FinalAction.Table table
        && (table.table() > 254 || options.layout().contains(table.table()))) {
      throw new InvalidException(
          "finalAction", "table " + table.table() + " is one of the pipeline's own, or none");
    }
    String ports = keys.text("ports");
    return new Settings(
        home,
        options,
        keys.text("hostPort"),
        words(keys.text("uplinkPorts")),
        ports.isEmpty() ? Optional.empty() : Optional.of(Path.of(ports)));
  }

  private static int number(Keys keys, String key, int least, int most) throws InvalidException {
    int number = check(key, keys.text(key), Integer::parseInt);
    if (number < least || number > most) {
      throw new InvalidException(key, number + " is not within " + least + " to " + most);
    }
    return number;
  }

  private interface Parser<T, R> {
    R parse(T value);
  }

  private static <T, R> R check(String key, T value, Parser<T, R> parser) throws InvalidException {
    try {
      return parser.parse(value);
    } catch (IllegalArgumentException e) {
      InvalidException invalid = new InvalidException(key, String.valueOf(e.getMessage()));
      invalid.initCause(e);
      throw invalid;
    }
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
