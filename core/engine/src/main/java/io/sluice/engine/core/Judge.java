package io.sluice.engine.core;

import io.sluice.api.control.Service;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PortMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges packets by the compiled rules and the groups as they are now. What is about an endpoint is
 * looked up once for all endpoints in the same groups, and kept until an input changes.
 */
final class Judge {
  private final Index index;
  private final NodeAddresses nodes;
  private final TierOrder order;
  private final Map<Set<Group>, SubjectRules> byGroups = new HashMap<>();
  private final List<@Nullable SubjectRules> bySlot = new ArrayList<>();
  private long generation;

  Judge(Index index, NodeAddresses nodes, TierOrder order) {
    this.index = index;
    this.nodes = nodes;
    this.order = order;
  }

  /** An input has changed. */
  void forget() {
    generation++;
    if (!bySlot.isEmpty()) {
      byGroups.clear();
      bySlot.clear();
    }
  }

  long generation() {
    return generation;
  }

  /**
   * The verdict at the subject's end of a packet.
   *
   * @param subject the end that is judged: for ingress the receiver
   * @param other the other end
   */
  Ruling judge(End subject, End other, Direction direction, Service service) {
    if (subject.generation != generation || other.generation != generation) {
      throw new IllegalStateException("an input has changed since the ends were looked up");
    }
    if (subject.subjects.size() == 1) {
      return judge(subject.subjects.getFirst(), other, direction, service);
    }
    return Rulings.all(
        subject.subjects.stream().map(slot -> judge(slot, other, direction, service)).toList());
  }

  private Ruling judge(Slot subject, End other, Direction direction, Service service) {
    if (other.address == null ? other.peer == subject : subject.has(other.address)) {
      return Rulings.SELF;
    }
    if (isOwnNode(subject, other)) {
      return Rulings.OWN_NODE;
    }
    SubjectRules.Side side = rules(subject).side(direction);
    for (CompiledRule rule : side.admin()) {
      if (matches(rule, subject, other, service)) {
        if (rule.source().action() == Action.PASS) {
          break;
        }
        return new Rulings.ByRule(rule);
      }
    }
    for (CompiledRule rule : side.allows()) {
      if (matches(rule, subject, other, service)) {
        return new Rulings.ByRule(rule);
      }
    }
    if (!side.isolation().isEmpty()) {
      return new Rulings.ByIsolation(side.isolation(), direction, other, service);
    }
    for (CompiledRule rule : side.baseline()) {
      if (matches(rule, subject, other, service)) {
        return rule.source().action() == Action.PASS ? Rulings.DEFAULT : new Rulings.ByRule(rule);
      }
    }
    return Rulings.DEFAULT;
  }

  /** An address that a pod has is never taken for the node's: it does not enter by its port. */
  private boolean isOwnNode(Slot subject, End other) {
    if (other.peer != null) {
      return false;
    }
    return (!other.hostNode.isEmpty() && other.hostNode.equals(subject.endpoint.nodeName()))
        || (other.address != null && nodes.isOwnNode(subject, other.address));
  }

  private static boolean matches(CompiledRule rule, Slot subject, End other, Service service) {
    return matchesService(rule, subject, other, service) && matchesPeer(rule, other);
  }

  private static boolean matchesService(
      CompiledRule rule, Slot subject, End other, Service service) {
    for (PortMatch.Resolved match : rule.services()) {
      switch (match) {
        case PortMatch.Any any -> {
          return true;
        }
        case PortMatch.Range range -> {
          if (range.protocol().number() == service.protocol()
              && range.first() <= service.port()
              && service.port() <= range.last()) {
            return true;
          }
        }
      }
    }
    if (rule.names().isEmpty()) {
      return false;
    }
    Slot destination = rule.source().direction() == Direction.INGRESS ? subject : other.peer;
    if (destination == null) {
      return false;
    }
    for (PortName name : rule.names()) {
      if (name.protocol.number() == service.protocol()
          && name.is(service.port(), destination.number)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matchesPeer(CompiledRule rule, End other) {
    IpAddress address = other.address;
    for (PeerTerm peer : rule.peers()) {
      boolean matches =
          switch (peer) {
            case PeerTerm.Anyone anyone -> true;
            case PeerTerm.Pods(Group group) -> other.peer != null && group.contains(other.peer);
            case PeerTerm.Blocks blocks -> address != null && blocks.contains(address);
          };
      if (matches) {
        return true;
      }
    }
    return false;
  }

  /** The rules that are about this endpoint. */
  SubjectRules rules(Slot slot) {
    while (bySlot.size() <= slot.number) {
      bySlot.add(null);
    }
    SubjectRules known = bySlot.get(slot.number);
    if (known == null) {
      Set<Group> groups = new HashSet<>();
      for (Group group : index.groupsOf(slot)) {
        if (!group.subjectOf().isEmpty()) {
          groups.add(group);
        }
      }
      known = byGroups.computeIfAbsent(groups, key -> new SubjectRules(key, order));
      bySlot.set(slot.number, known);
    }
    return known;
  }
}
