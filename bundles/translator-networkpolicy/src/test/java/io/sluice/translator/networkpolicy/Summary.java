package io.sluice.translator.networkpolicy;

import io.sluice.api.policy.Peer;
import io.sluice.api.policy.PolicyRule;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.TranslatedPolicy;
import java.util.stream.Collectors;

/** A translated policy as one line, for tables of what is expected. */
final class Summary {
  private Summary() {}

  /** For example {@code shop/app=web; INGRESS; ingress[0] shop/{} TCP/80}. */
  static String of(TranslatedPolicy policy) {
    String rules =
        policy.rules().stream().map(rule -> "; " + text(rule)).collect(Collectors.joining());
    return policy.subject()
        + "; "
        + policy.isolates().stream().sorted().map(Enum::name).collect(Collectors.joining(","))
        + rules;
  }

  private static String text(PolicyRule rule) {
    return rule.place()
        + " "
        + rule.peers().stream().map(Summary::text).collect(Collectors.joining(" + "))
        + " "
        + rule.ports().stream().map(Summary::text).collect(Collectors.joining(" + "));
  }

  private static String text(Peer peer) {
    return switch (peer) {
      case Peer.Any() -> "anyone";
      case Peer.Pods(var selector) -> selector.toString();
      case Peer.Block(var cidr, var except) ->
          cidr + except.stream().map(hole -> "-" + hole).collect(Collectors.joining());
    };
  }

  private static String text(PortMatch port) {
    return switch (port) {
      case PortMatch.Any() -> "anything";
      case PortMatch.Named(var protocol, var name) -> protocol + "/" + name;
      case PortMatch.Range range ->
          range.protocol()
              + "/"
              + (range.isAll()
                  ? "*"
                  : range.first() == range.last()
                      ? "" + range.first()
                      : range.first() + "-" + range.last());
    };
  }
}
