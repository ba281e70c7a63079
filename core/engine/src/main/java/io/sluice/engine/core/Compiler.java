package io.sluice.engine.core;

import io.sluice.api.policy.Peer;
import io.sluice.api.policy.PolicyRule;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.TranslatedPolicy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Looks up the words of policies, and lets go of what they held. */
final class Compiler {
  private static final PeerTerm ANYONE = new PeerTerm.Anyone();
  private static final List<PeerTerm> ONLY_ANYONE = List.of(ANYONE);

  private final Index index;

  Compiler(Index index) {
    this.index = index;
  }

  CompiledPolicy compile(TranslatedPolicy source) {
    CompiledPolicy policy = new CompiledPolicy(source, index.acquire(source.subject()));
    policy.subject.addSubjectOf(policy);
    for (PolicyRule rule : source.rules()) {
      policy.rules.add(compile(policy, rule));
    }
    return policy;
  }

  private CompiledRule compile(CompiledPolicy policy, PolicyRule rule) {
    List<PortMatch.Resolved> services = new ArrayList<>(rule.ports().size());
    List<PortName> names = new ArrayList<>(0);
    for (PortMatch port : new LinkedHashSet<>(rule.ports())) {
      switch (port) {
        case PortMatch.Resolved resolved -> services.add(resolved);
        case PortMatch.Named named -> names.add(index.ports.acquire(named));
      }
    }
    return new CompiledRule(
        policy, rule, peers(rule.peers()), List.copyOf(services), List.copyOf(names));
  }

  private List<PeerTerm> peers(List<Peer> peers) {
    if (peers.stream().anyMatch(peer -> peer instanceof Peer.Any)) {
      return ONLY_ANYONE;
    }
    List<PeerTerm> terms = new ArrayList<>(peers.size());
    for (Peer peer : peers) {
      terms.add(
          switch (peer) {
            case Peer.Any any -> ANYONE;
            case Peer.Pods pods -> new PeerTerm.Pods(index.acquire(pods.selector()));
            case Peer.Block block -> new PeerTerm.Blocks(block.cidr().minus(block.except()));
          });
    }
    return List.copyOf(terms);
  }

  /** The policy is gone, or was compiled anew. */
  void release(CompiledPolicy policy) {
    policy.subject.removeSubjectOf(policy);
    for (CompiledRule rule : policy.rules) {
      for (PeerTerm peer : rule.peers()) {
        if (peer instanceof PeerTerm.Pods(Group group)) {
          index.groups.release(group);
        }
      }
      rule.names().forEach(index.ports::release);
    }
    index.groups.release(policy.subject);
  }
}
