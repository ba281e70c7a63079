package io.sluice.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.control.Decision;
import io.sluice.api.control.Explanation;
import io.sluice.api.control.Party;
import io.sluice.api.control.Service;
import io.sluice.api.control.Verdict;
import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Subject;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An engine with a datapath that only remembers: every commit checks that the updates lead to what
 * the engine says is the whole.
 */
final class TestCluster {
  static final String NODE = "node-1";

  final PolicyEngine engine;
  private final DesiredState state = new DesiredState();

  private TestCluster(Locality locality) {
    this.engine = new PolicyEngine(locality);
  }

  static TestCluster onNode() {
    return new TestCluster(Locality.node(NODE));
  }

  static TestCluster onNode(String name) {
    return new TestCluster(Locality.node(name));
  }

  static TestCluster everywhere() {
    return new TestCluster(Locality.everything());
  }

  TestCluster namespace(String name, String... labels) {
    Map<String, String> all = new HashMap<>(pairs(labels));
    all.put(Namespace.NAME_LABEL, name);
    engine.upsert(new Namespace(name, all, "test"));
    return this;
  }

  TestCluster with(TestPod... pods) {
    for (TestPod pod : pods) {
      engine.upsert(pod.endpoint());
    }
    return this;
  }

  TestCluster with(TestPolicy... policies) {
    for (TestPolicy policy : policies) {
      engine.upsert(policy.translated());
    }
    return this;
  }

  TestCluster without(TestPod pod) {
    engine.remove(pod.endpoint().key());
    return this;
  }

  TestCluster withoutPolicy(String namespace, String name) {
    engine.remove(new PolicyRef("NetworkPolicy", namespace, name));
    return this;
  }

  TestCluster withoutNamespace(String name) {
    engine.remove(new ResourceKey(ResourceKind.NAMESPACE, "", name));
    return this;
  }

  static Map<String, String> pairs(String... labels) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      map.put(labels[i], labels[i + 1]);
    }
    return map;
  }

  /** Commits; whatever came of it, the datapath must hold what the engine says. */
  Optional<Update> commit() {
    Optional<Update> update = engine.commit();
    update.ifPresent(this::fold);
    Snapshot whole = engine.snapshot();
    Snapshot folded = state.snapshot();
    assertEquals(whole.revision(), folded.revision());
    assertEquals(Set.copyOf(whole.endpoints()), Set.copyOf(folded.endpoints()));
    assertEquals(whole.subjectSets(), folded.subjectSets());
    assertEquals(whole.addressSets(), folded.addressSets());
    assertEquals(Set.copyOf(whole.rules()), Set.copyOf(folded.rules()));
    return update;
  }

  private void fold(Update update) {
    update
        .addressSets()
        .forEach(
            delta -> {
              assertEquals(Set.of(), common(delta.added(), state.addresses(delta.set())));
              assertEquals(delta.removed(), common(delta.removed(), state.addresses(delta.set())));
            });
    update
        .subjectSets()
        .forEach(
            delta -> {
              assertEquals(Set.of(), common(delta.added(), state.subjects(delta.set())));
              assertEquals(delta.removed(), common(delta.removed(), state.subjects(delta.set())));
            });
    try {
      state.apply(update);
    } catch (StaleRevisionException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> Set<T> common(Set<T> some, Set<T> others) {
    return some.stream().filter(others::contains).collect(Collectors.toSet());
  }

  /** What the datapath holds of policies, with sets written out, one rule a line. */
  Set<String> exported() {
    return state.rules().values().stream()
        .filter(rule -> !rule.policy().kind().equals("System"))
        .map(this::text)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  List<Rule> rules(String policy) {
    return state.rules().values().stream()
        .filter(rule -> rule.policy().name().equals(policy))
        .toList();
  }

  DesiredState state() {
    return state;
  }

  private String text(Rule rule) {
    return rule.policy().name()
        + " "
        + (rule.direction() == Direction.INGRESS ? "ingress " : "egress ")
        + rule.action()
        + " "
        + subject(rule.subject())
        + (rule.action() == Action.ISOLATE
            ? ""
            : " " + rule.peers().stream().map(this::peer).sorted().toList() + rule.services());
  }

  private String subject(Subject subject) {
    return subject instanceof Subject.Members(int set)
        ? new TreeSet<>(state.subjects(set).stream().map(id -> id.path()).toList()).toString()
        : subject.toString();
  }

  private String peer(PeerMatch peer) {
    return switch (peer) {
      case PeerMatch.Addresses(int set) -> new TreeSet<>(state.addresses(set)).toString();
      case PeerMatch.Block block -> block.cidr().toString();
      default -> peer.toString();
    };
  }

  /** {@code allow by / deny by} of the two ends, or of the one that denies. */
  String ask(String from, String to, String service) {
    Explanation why = engine.explain(Party.parse(from), Party.parse(to), Service.parse(service));
    return side(why.egress()) + " -> " + side(why.ingress());
  }

  boolean allows(String from, String to, String service) {
    return engine.explain(Party.parse(from), Party.parse(to), Service.parse(service)).verdict()
        == Verdict.ALLOW;
  }

  private static String side(Decision decision) {
    return (decision.verdict() == Verdict.ALLOW ? "" : "deny ") + decision.by();
  }

  static IpAddress ip(String text) {
    return IpAddress.parse(text);
  }
}
