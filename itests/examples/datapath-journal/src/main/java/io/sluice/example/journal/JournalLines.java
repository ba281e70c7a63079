package io.sluice.example.journal;

import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.SetDelta;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Subject;
import io.sluice.api.datapath.Update;
import io.sluice.api.policy.PortMatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** The lines of one group; sets are sorted, so that equal states give equal lines. */
final class JournalLines {
  private final long revision;
  private final List<String> lines = new ArrayList<>();

  private JournalLines(long revision) {
    this.revision = revision;
  }

  /** What changes from one revision to the next. */
  static List<String> of(Update update) {
    JournalLines group = new JournalLines(update.revision());
    group.write(update);
    return group.ended();
  }

  /** Everything, whatever was there before. */
  static List<String> whole(Snapshot snapshot) {
    JournalLines group = new JournalLines(snapshot.revision());
    group.add(group.change("begin"));
    group.write(new DesiredState().difference(snapshot));
    return group.ended();
  }

  /** A rule, without the revision that brought it. */
  static JsonLine of(Rule rule) {
    return new JsonLine()
        .number("id", rule.id())
        .text("policy", rule.policy().toString())
        .number("index", rule.index())
        .text("tier", rule.tier().name())
        .number("order", rule.order())
        .text("direction", rule.direction().name())
        .text("action", rule.action().name())
        .text("subject", subject(rule.subject()))
        .texts("peers", rule.peers().stream().map(JournalLines::peer).toList())
        .texts("services", rule.services().stream().map(JournalLines::service).toList());
  }

  private void write(Update update) {
    update
        .endpoints()
        .forEach(
            endpoint ->
                add(
                    change("endpoint")
                        .text("endpoint", name(endpoint.id()))
                        .texts("addresses", sorted(endpoint.addresses(), Object::toString))));
    update
        .endpointsRemoved()
        .forEach(id -> add(change("endpoint-gone").text("endpoint", name(id))));
    update.subjectSets().forEach(delta -> add("subjects", delta, JournalLines::name));
    update.subjectSetsRemoved().forEach(set -> add(change("subjects-gone").number("set", set)));
    update.addressSets().forEach(delta -> add("addresses", delta, Object::toString));
    update.addressSetsRemoved().forEach(set -> add(change("addresses-gone").number("set", set)));
    update.rulesRemoved().forEach(rule -> add(change("rule-gone").number("id", rule)));
    update.rulesAdded().forEach(rule -> add(change("rule").object("rule", of(rule))));
  }

  private <T> void add(String change, SetDelta<T> delta, Function<T, String> text) {
    add(
        change(change)
            .number("set", delta.set())
            .texts("added", sorted(delta.added(), text))
            .texts("removed", sorted(delta.removed(), text)));
  }

  private JsonLine change(String name) {
    return new JsonLine().number("revision", revision).text("change", name);
  }

  private void add(JsonLine line) {
    lines.add(line.toString());
  }

  private List<String> ended() {
    add(change("end"));
    return lines;
  }

  private static <T> List<String> sorted(Collection<T> values, Function<T, String> text) {
    return values.stream().map(text).sorted().toList();
  }

  /** {@code namespace/name}, and which life of the pod where the source tells them apart. */
  private static String name(EndpointId id) {
    return id.uid().isEmpty() ? id.path() : id.path() + "/" + id.uid();
  }

  private static String subject(Subject subject) {
    return switch (subject) {
      case Subject.Members(int set) -> "set " + set;
      case Subject.EveryEndpoint() -> "every endpoint";
      case Subject.UnknownPorts() -> "unknown ports";
    };
  }

  private static String peer(PeerMatch peer) {
    return switch (peer) {
      case PeerMatch.Any() -> "any";
      case PeerMatch.Addresses(int set) -> "set " + set;
      case PeerMatch.Block(var cidr) -> "block " + cidr;
      case PeerMatch.OwnNode() -> "own node";
      case PeerMatch.Self() -> "self";
    };
  }

  private static String service(PortMatch.Resolved service) {
    return switch (service) {
      case PortMatch.Any() -> "any";
      case PortMatch.Range(var protocol, int first, int last) ->
          protocol + " " + first + "-" + last;
    };
  }
}
