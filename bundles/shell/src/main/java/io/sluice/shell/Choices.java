package io.sluice.shell;

import io.sluice.api.control.Control;
import io.sluice.api.control.DatapathInfo;
import io.sluice.api.policy.PolicyRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** What can stand for an argument of a command now. */
final class Choices {
  /** How long whoever has pressed the tabulator waits. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** More names than that are offered by namespace first. */
  private static final int MANY = 100;

  private final Supplier<@Nullable Control> control;
  private final Supplier<@Nullable Pids> pids;
  private final Supplier<Bundle[]> bundles;

  Choices(
      Supplier<@Nullable Control> control,
      Supplier<@Nullable Pids> pids,
      Supplier<Bundle[]> bundles) {
    this.control = control;
    this.pids = pids;
    this.bundles = bundles;
  }

  /**
   * What can stand for an argument.
   *
   * @param argument the argument's name in the usage line
   * @param prefix what is written of it
   * @param before the words between the command's name and it
   */
  List<String> of(String argument, String prefix, List<String> before) throws InterruptedException {
    return switch (argument) {
      case "from", "to" ->
          byNamespace(
              prefix,
              ask(Control::endpoints).stream().map(info -> info.endpoint().path()).toList());
      case "port/protocol" -> services(prefix);
      case "policy" ->
          byNamespace(
              prefix,
              ask(Control::policies).stream().map(info -> shortest(info.policy())).toList());
      case "datapath" -> ask(Control::datapaths).stream().map(DatapathInfo::name).toList();
      case "bundle" -> bundles(prefix);
      case "pid" -> List.copyOf(described().keySet());
      case "key" -> List.copyOf(keys(before.get(1)).keySet());
      case "value" -> values(keys(before.get(1)).get(before.get(2)));
      default -> List.of();
    };
  }

  private Map<String, Pids.Described> described() {
    Pids known = pids.get();
    return known == null ? Map.of() : known.all();
  }

  private Map<String, Pids.Key> keys(String pid) {
    Pids.Described one = described().get(pid);
    return one == null ? Map.of() : one.keys();
  }

  private static List<String> values(Pids.@Nullable Key key) {
    if (key == null) {
      return List.of();
    }
    return key.type().equals("boolean") ? List.of("false", "true") : key.options();
  }

  private static String shortest(PolicyRef policy) {
    return policy.kind().equals("NetworkPolicy")
        ? policy.namespace() + "/" + policy.name()
        : policy.toString();
  }

  /** All of them, or as far as the next slash where there are many. */
  private static List<String> byNamespace(String prefix, List<String> all) {
    List<String> fitting = all.stream().filter(name -> name.startsWith(prefix)).toList();
    if (fitting.size() <= MANY) {
      return fitting;
    }
    List<String> shorter =
        fitting.stream()
            .map(
                name -> {
                  int slash = name.indexOf('/', prefix.length());
                  return slash < 0 ? name : name.substring(0, slash + 1);
                })
            .distinct()
            .toList();
    return shorter;
  }

  private static List<String> services(String prefix) {
    if (!prefix.matches("[0-9]+(/.*)?")) {
      return List.of("53/UDP", "80/TCP", "443/TCP", "icmp");
    }
    String port = prefix.replaceFirst("/.*", "");
    return Stream.of("TCP", "UDP", "SCTP").map(protocol -> port + "/" + protocol).toList();
  }

  /** By number for whoever writes a digit, else by name. */
  private List<String> bundles(String prefix) {
    boolean digits = prefix.matches("[0-9]+");
    return Stream.of(bundles.get())
        .map(b -> digits ? Long.toString(b.getBundleId()) : String.valueOf(b.getSymbolicName()))
        .toList();
  }

  /** Nothing if the engine has no answer: a line that is being written is no place to say why. */
  private <T> List<T> ask(Question<List<T>> question) throws InterruptedException {
    try {
      return Question.ask(control.get(), PATIENCE, question);
    } catch (CommandFailedException e) {
      return List.of();
    }
  }
}
