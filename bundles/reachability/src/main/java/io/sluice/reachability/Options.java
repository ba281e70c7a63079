package io.sluice.reachability;

import io.sluice.api.net.IpAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line.
 *
 * @param manifests files and directories; {@code -} is standard input
 * @param ports what to ask about; empty for whatever the manifests name
 * @param external addresses outside
 * @param from the senders of interest, empty for all: {@code namespace/pod}, namespace or address
 * @param to the receivers of interest, likewise
 * @param output the form of the answer
 * @param help whether only help is wanted
 */
record Options(
    List<String> manifests,
    List<PortQuestion> ports,
    List<IpAddress> external,
    List<String> from,
    List<String> to,
    Output output,
    boolean help) {
  /** The forms of the answer. */
  enum Output {
    TABLE,
    JSON
  }

  static final String HELP =
      """
      Usage: sluice reachability --manifests <file or directory> [options]

      Says who can reach whom by the NetworkPolicies of the manifests, without a cluster.

        --manifests <path>    file or directory (.yaml, .yml, .json); repeatable; - reads
                              standard input
        --ports <list>        80/TCP,53/UDP,http,...; a name means each pod's port of that name
                              (default: the ports that pods and policies name)
        --external <list>     addresses outside, as senders and receivers
        --from <list>         only these senders: namespace/pod, namespace or address
        --to <list>           only these receivers
        --output table|json   a table for people (default), or one JSON object a line
        --help                this text

      Exit status: 0; 2 if a manifest is invalid or the command line is not understood.
      """;

  static Options parse(String... arguments) throws UsageException {
    List<String> manifests = new ArrayList<>();
    List<PortQuestion> ports = new ArrayList<>();
    List<IpAddress> external = new ArrayList<>();
    List<String> from = new ArrayList<>();
    List<String> to = new ArrayList<>();
    Output output = Output.TABLE;
    boolean help = false;
    for (int i = 0; i < arguments.length; i++) {
      String option = arguments[i];
      if (option.equals("--help") || option.equals("-h") || option.equals("help")) {
        help = true;
        continue;
      }
      int equals = option.startsWith("--") ? option.indexOf('=') : -1;
      String name = equals < 0 ? option : option.substring(0, equals);
      String value;
      if (equals >= 0) {
        value = option.substring(equals + 1);
      } else if (i + 1 < arguments.length) {
        value = arguments[++i];
      } else {
        throw new UsageException("'" + option + "' is no option, or lacks its value");
      }
      switch (name) {
        case "--manifests" -> manifests.add(value);
        case "--ports" -> {
          for (String port : list(name, value)) {
            ports.add(PortQuestion.parse(port));
          }
        }
        case "--external" -> {
          for (String address : list(name, value)) {
            external.add(address(address));
          }
        }
        case "--from" -> from.addAll(list(name, value));
        case "--to" -> to.addAll(list(name, value));
        case "--output" -> output = output(value);
        default -> throw new UsageException("'" + name + "' is no option");
      }
    }
    if (manifests.isEmpty() && !help) {
      throw new UsageException("--manifests is missing");
    }
    return new Options(
        manifests, ports, external.stream().distinct().toList(), from, to, output, help);
  }

  private static List<String> list(String option, String value) throws UsageException {
    List<String> elements = new ArrayList<>();
    for (String element : value.split(",", -1)) {
      if (element.isBlank()) {
        throw new UsageException(option + ": '" + value + "' has an empty element");
      }
      elements.add(element.strip());
    }
    return elements;
  }

  private static IpAddress address(String text) throws UsageException {
    try {
      return IpAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--external: " + e.getMessage());
    }
  }

  private static Output output(String value) throws UsageException {
    return switch (value) {
      case "table" -> Output.TABLE;
      case "json" -> Output.JSON;
      default -> throw new UsageException("--output: '" + value + "' is neither table nor json");
    };
  }
}
