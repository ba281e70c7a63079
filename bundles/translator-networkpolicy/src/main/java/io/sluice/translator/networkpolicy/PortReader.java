package io.sluice.translator.networkpolicy;

import io.sluice.api.net.Protocol;
import io.sluice.api.policy.PortMatch;
import java.util.Locale;
import java.util.Optional;

/** Reads API type {@code NetworkPolicyPort}. */
final class PortReader {
  private static final KnownFields PORT = KnownFields.of("protocol", "port", "endPort");
  private static final int HIGHEST = 65535;

  private PortReader() {}

  /**
   * The ports that one item matches: all of a protocol, a range, or a name. The protocol is TCP
   * unless given. The type that YAML gave the port decides whether it is a number or a name.
   */
  static Optional<PortMatch> read(Field field) {
    int before = field.problems();
    Fields fields = field.object(PORT);
    Field port = fields.get("port");
    Field endPort = fields.get("endPort");
    Protocol protocol = protocol(fields.get("protocol"));
    PortMatch match;
    if (port.string().isPresent()) {
      match = named(protocol, port, port.string().orElseThrow(), endPort);
    } else if (port.given()) {
      match = range(protocol, port, endPort);
    } else {
      match = PortMatch.Range.all(protocol);
      if (endPort.given()) {
        endPort.problem("endPort without port", "give the first port of the range as 'port'");
      }
    }
    return field.problems() > before ? Optional.empty() : Optional.of(match);
  }

  private static PortMatch range(Protocol protocol, Field port, Field endPort) {
    Optional<Integer> first = number(port, "write a number, or a port's name");
    Optional<Integer> last =
        endPort.given() ? number(endPort, "write a number, or remove endPort") : first;
    if (first.isEmpty() || last.isEmpty()) {
      return PortMatch.Range.all(protocol);
    }
    if (last.get() < first.get()) {
      endPort.problem(
          "endPort " + last.get() + " is below port " + first.get(),
          "write the lower number as port and the higher as endPort");
      return PortMatch.Range.all(protocol);
    }
    return new PortMatch.Range(protocol, first.get(), last.get());
  }

  private static PortMatch named(Protocol protocol, Field port, String name, Field endPort) {
    if (!name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      port.problem(
          Shown.quoted(name) + " is a string of digits, and no port name has only digits",
          "remove the quotes: a port's number is written as a number");
    } else {
      Syntax.PORT_NAME.check(port, name);
    }
    if (endPort.given()) {
      endPort.problem("endPort beside a named port", "write the port as a number, or drop endPort");
    }
    return new PortMatch.Named(protocol, name);
  }

  private static Optional<Integer> number(Field field, String remedy) {
    Optional<Long> number = field.integer();
    if (number.isEmpty()) {
      field.problem(field.shown() + " is no port number", remedy);
      return Optional.empty();
    }
    if (number.get() < 1 || number.get() > HIGHEST) {
      field.problem(
          field.shown() + " is no port number", "use 1 to " + HIGHEST + ", or none for all ports");
      return Optional.empty();
    }
    return Optional.of(number.get().intValue());
  }

  private static Protocol protocol(Field field) {
    if (!field.given()) {
      return Protocol.TCP;
    }
    String name = field.text().orElse("TCP");
    Optional<Protocol> protocol = Protocol.named(name);
    if (protocol.isEmpty()) {
      field.problem(
          Shown.quoted(name) + " is no protocol of NetworkPolicy",
          Protocol.named(name.toUpperCase(Locale.ROOT))
              .map(upper -> "write it in capitals: " + upper)
              .orElse("use TCP, UDP or SCTP"));
    }
    return protocol.orElse(Protocol.TCP);
  }
}
