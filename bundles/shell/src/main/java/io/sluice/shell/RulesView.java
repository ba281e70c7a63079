package io.sluice.shell;

import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Subject;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.text.JsonText;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of compiled rules, in the order in which they are asked. */
final class RulesView {
  private static final int SHOWN = 4;

  private RulesView() {}

  static String of(List<Rule> rules) {
    if (rules.isEmpty()) {
      return "no rules\n";
    }
    Table table =
        new Table("TIER", "DIRECTION", "ACTION", "SUBJECT", "PEERS", "SERVICES", "POLICY", "RULE");
    for (Rule rule : rules) {
      table.row(
          Documents.word(rule.tier()),
          Documents.word(rule.direction()),
          Documents.word(rule.action()),
          subject(rule.subject()),
          brief(rule.peers(), RulesView::peer),
          brief(rule.services(), RulesView::service),
          rule.policy(),
          rule.index() < 0 ? "" : Documents.word(rule.direction()) + "[" + rule.index() + "]");
    }
    return table.toString();
  }

  static Map<String, @Nullable Object> document(List<Rule> rules) {
    return JsonText.object("rules", rules.stream().map(RulesView::document).toList());
  }

  private static Map<String, @Nullable Object> document(Rule rule) {
    return JsonText.object(
        "id", rule.id(),
        "tier", Documents.word(rule.tier()),
        "order", rule.order(),
        "direction", Documents.word(rule.direction()),
        "action", Documents.word(rule.action()),
        "subject", subject(rule.subject()),
        "peers", rule.peers().stream().map(RulesView::peer).toList(),
        "services", rule.services().stream().map(RulesView::service).toList(),
        "policy", rule.policy().toString(),
        "index", rule.index());
  }

  /** The first few; a block with exceptions becomes many. */
  private static <T> String brief(List<T> things, Function<T, String> text) {
    String shown = things.stream().limit(SHOWN).map(text).collect(Collectors.joining(","));
    return things.size() <= SHOWN ? shown : shown + ",+" + (things.size() - SHOWN) + " more";
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
