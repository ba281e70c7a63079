package io.sluice.shell;

import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Subject;
import io.sluice.api.policy.PortMatch;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table of compiled rules, in the order in which they are asked. */
final class RulesView {
  private RulesView() {}

  static String of(List<Rule> rules) {
    if (rules.isEmpty()) {
      return "no rules\n";
    }
    Table table =
        new Table("TIER", "DIRECTION", "ACTION", "SUBJECT", "PEERS", "SERVICES", "POLICY", "RULE");
    for (Rule rule : rules) {
      table.row(
          word(rule.tier()),
          word(rule.direction()),
          word(rule.action()),
          subject(rule.subject()),
          rule.peers().stream().map(RulesView::peer).collect(Collectors.joining(",")),
          rule.services().stream().map(RulesView::service).collect(Collectors.joining(",")),
          rule.policy(),
          rule.index() < 0 ? "" : word(rule.direction()) + "[" + rule.index() + "]");
    }
    return table.toString();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String subject(Subject subject) {
    return switch (subject) {
      case Subject.Members members -> "set " + members.set();
      case Subject.EveryEndpoint every -> "every pod";
      case Subject.UnknownPorts unknown -> "unknown ports";
    };
  }

  private static String peer(PeerMatch peer) {
    return switch (peer) {
      case PeerMatch.Any any -> "any";
      case PeerMatch.Addresses addresses -> "set " + addresses.set();
      case PeerMatch.Block block -> block.cidr().toString();
      case PeerMatch.OwnNode node -> "own node";
      case PeerMatch.Self self -> "itself";
    };
  }

  private static String service(PortMatch.Resolved service) {
    return switch (service) {
      case PortMatch.Any any -> "any";
      case PortMatch.Range range when range.isAll() -> range.protocol().name();
      case PortMatch.Range range ->
          (range.first() == range.last()
                  ? Integer.toString(range.first())
                  : range.first() + "-" + range.last())
              + "/"
              + range.protocol();
    };
  }
}
