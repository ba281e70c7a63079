package io.sluice.datapath.ovs;

import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Subject;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.PortMatch;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A rule, and the shape that its flows have. The shape follows from the rule's text alone, never
 * from the size of a set: a set that grows or shrinks changes only the flows of its members.
 *
 * @param rule the rule
 * @param tag its tag
 * @param table the table of its flows
 * @param shared the priority of its clauses
 * @param direct the priority of its flows that decide alone
 */
record CompiledRule(Rule rule, int tag, int table, int shared, int direct) {
  /** The parts of a rule that a packet must match, each in its own way. */
  enum Dimension {
    SUBJECT,
    PEER,
    SERVICE
  }

  /**
   * Whether the subject is asked for. An ALLOW for every endpoint need not ask: a direction in
   * which a packet has no local endpoint allows it anyway.
   */
  boolean bySubject() {
    return !(rule.subject() instanceof Subject.EveryEndpoint && rule.action() == Action.ALLOW);
  }

  private boolean byPeer() {
    return rule.peers().stream().noneMatch(PeerMatch.Any.class::isInstance);
  }

  private boolean byService() {
    return rule.services().stream().noneMatch(PortMatch.Any.class::isInstance);
  }

  boolean asks(Dimension dimension) {
    return switch (dimension) {
      case SUBJECT -> bySubject();
      case PEER -> byPeer();
      case SERVICE -> byService();
    };
  }

  /** How many dimensions are asked for. */
  int dimensions() {
    return (bySubject() ? 1 : 0) + (byPeer() ? 1 : 0) + (byService() ? 1 : 0);
  }

  /** A clause of this rule's conjunction, packed. */
  long clause(Dimension dimension) {
    int clause = 1;
    for (Dimension earlier : Dimension.values()) {
      if (earlier == dimension) {
        break;
      }
      clause += asks(earlier) ? 1 : 0;
    }
    return ClauseSet.pack(tag, clause, dimensions());
  }

  /** Whether anything but the subject itself can be the other end. */
  boolean hasOthers() {
    return rule.peers().stream().anyMatch(peer -> !(peer instanceof PeerMatch.Self));
  }

  boolean hasSelf() {
    return rule.peers().stream().anyMatch(PeerMatch.Self.class::isInstance);
  }

  /** Whether it has flows of its own; the port table decides about ports without binding. */
  boolean hasFlows() {
    return !(rule.subject() instanceof Subject.UnknownPorts);
  }

  /** The address sets among the peers. */
  IntStream addressSets() {
    return rule.peers().stream()
        .map(CompiledRule::addressSet)
        .filter(OptionalInt::isPresent)
        .mapToInt(OptionalInt::getAsInt);
  }

  private static OptionalInt addressSet(PeerMatch peer) {
    return switch (peer) {
      case PeerMatch.Addresses addresses -> OptionalInt.of(addresses.set());
      case PeerMatch.OwnNode node -> OptionalInt.of(Snapshot.NODE_ADDRESSES);
      case PeerMatch.Any any -> OptionalInt.empty();
      case PeerMatch.Block block -> OptionalInt.empty();
      case PeerMatch.Self self -> OptionalInt.empty();
    };
  }

  /** Whether it can deny its subject anything: then the subject's port is guarded. */
  boolean guards() {
    return rule.action() == Action.DENY || rule.action() == Action.ISOLATE;
  }
}
