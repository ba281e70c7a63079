package io.sluice.engine.core;

import io.sluice.api.control.Finding;
import io.sluice.api.control.Finding.Severity;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Peer;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.NamespaceScope;
import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/** Looks at one policy after another: whom it selects, and whether its rules can match. */
final class PolicyLint {
  private final Index index;
  private final List<Finding> findings = new ArrayList<>();
  private final List<LintFacts.BlockUse> blocks = new ArrayList<>();
  private final List<TranslatedPolicy> sources = new ArrayList<>();

  PolicyLint(Index index) {
    this.index = index;
  }

  void look(CompiledPolicy policy) {
    sources.add(policy.source);
    if (policy.subject.size() == 0) {
      findings.add(noPods(policy));
    }
    for (CompiledRule rule : policy.rules) {
      String place = "spec." + rule.source().place();
      ports(policy, rule, place + ".ports");
      peers(
          policy, rule, place + (rule.source().direction() == Direction.INGRESS ? ".from" : ".to"));
    }
  }

  private Finding noPods(CompiledPolicy policy) {
    GroupSelector selector = policy.source.subject();
    boolean everyPod = selector.pods().isEverything();
    return new Finding(
        "no-pods",
        everyPod ? Severity.HINT : Severity.WARNING,
        policy.name(),
        "spec.podSelector",
        "it selects no pod: " + who(selector),
        everyPod
            ? "nothing, if pods are still to come; else delete the policy"
            : "correct the labels in the selector, or delete the policy");
  }

  private static String who(GroupSelector selector) {
    String where =
        selector.namespaces() instanceof NamespaceScope.Named(String namespace)
            ? "namespace " + namespace
            : "the namespaces " + selector.namespaces();
    return selector.pods().isEverything()
        ? where + " has none"
        : "none in " + where + " has the labels " + selector.pods();
  }

  /** A port's name stands for what the destination pods call so. */
  private void ports(CompiledPolicy policy, CompiledRule rule, String field) {
    if (rule.names().isEmpty()) {
      return;
    }
    boolean ingress = rule.source().direction() == Direction.INGRESS;
    RoaringBitmap destinations = ingress ? policy.subject.numbers : peers(rule);
    if (destinations.isEmpty()) {
      return;
    }
    for (PortName name : rule.names()) {
      if (name.numbers(destinations).isEmpty()) {
        findings.add(
            new Finding(
                "unused-port",
                Severity.WARNING,
                policy.name(),
                field,
                "no pod that it "
                    + (ingress ? "selects" : "allows as destination")
                    + " has a container port named '"
                    + name.name
                    + "' of protocol "
                    + name.protocol
                    + ", so this port matches nothing",
                "correct the name, give the port's number, or name the port in the pods"));
      }
    }
  }

  private RoaringBitmap peers(CompiledRule rule) {
    RoaringBitmap all = new RoaringBitmap();
    for (PeerTerm peer : rule.peers()) {
      switch (peer) {
        case PeerTerm.Pods(Group group) -> all.or(group.numbers);
        case PeerTerm.Anyone anyone -> all.or(index.everyone.numbers);
        case PeerTerm.Blocks block -> all.or(index.everyone.numbers);
      }
    }
    return all;
  }

  private void peers(CompiledPolicy policy, CompiledRule rule, String field) {
    for (PeerTerm peer : rule.peers()) {
      if (peer instanceof PeerTerm.Pods(Group group) && group.size() == 0) {
        findings.add(
            new Finding(
                "empty-peer",
                Severity.HINT,
                policy.name(),
                field,
                "a peer matches no pod: " + who(group.selector),
                "nothing, if such pods are still to come; else correct the selector"));
      }
    }
    for (Peer peer : rule.source().peers()) {
      if (peer instanceof Peer.Block block) {
        blocks.add(new LintFacts.BlockUse(policy.name(), field, block));
      }
    }
  }

  List<Finding> findings() {
    return findings;
  }

  /** The blocks of all rules. */
  List<LintFacts.BlockUse> blocks() {
    return blocks;
  }

  /** The policies as they were translated. */
  List<TranslatedPolicy> sources() {
    return sources;
  }
}
