package io.sluice.datapath.memory;

import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import java.util.List;
import java.util.Optional;

/** Judges packets against a desired state. Not thread-safe. */
final class PacketJudge {
  private final DesiredState state;
  private final RuleIndex index;

  /** A judge of the state as it is now; the state must not change while the judge is in use. */
  PacketJudge(DesiredState state) {
    this.state = state;
    this.index = new RuleIndex(state);
  }

  /**
   * Judges a packet at every local endpoint that it leaves or reaches.
   *
   * @return the first judgement that denies, else the last that a rule made, else allowed by
   *     default
   */
  Judgement judge(Packet packet) {
    Judgement result = Judgement.BY_DEFAULT;
    for (Direction direction : List.of(Direction.EGRESS, Direction.INGRESS)) {
      boolean leaving = direction == Direction.EGRESS;
      IpAddress own = leaving ? packet.source() : packet.destination();
      IpAddress other = leaving ? packet.destination() : packet.source();
      for (LocalEndpoint endpoint : index.holders(own)) {
        Judgement here = judge(endpoint, direction, other, packet);
        if (!here.allowed()) {
          return here;
        }
        if (here.rule().isPresent()) {
          result = here;
        }
      }
    }
    return result;
  }

  private Judgement judge(
      LocalEndpoint endpoint, Direction direction, IpAddress other, Packet packet) {
    List<Rule> rules = index.rules(endpoint.id(), direction);
    Optional<Tier> passed = Optional.empty();
    Optional<Rule> isolation = Optional.empty();
    for (Rule rule : rules) {
      if (passed.isPresent() && passed.get() == rule.tier()) {
        continue;
      }
      if (isolation.isPresent() && isolation.get().tier() != rule.tier()) {
        break;
      }
      if (rule.action() == Action.ISOLATE) {
        isolation = isolation.or(() -> Optional.of(rule));
      } else if (matches(rule, endpoint, other, packet)) {
        switch (rule.action()) {
          case ALLOW -> {
            return Judgement.allow(rule);
          }
          case DENY -> {
            return Judgement.deny(rule);
          }
          case PASS -> passed = Optional.of(rule.tier());
          case ISOLATE -> throw new IllegalStateException("isolation is not matched by peers");
        }
      }
    }
    return isolation.map(Judgement::deny).orElse(Judgement.BY_DEFAULT);
  }

  private boolean matches(Rule rule, LocalEndpoint endpoint, IpAddress other, Packet packet) {
    return serves(rule.services(), packet) && meets(rule.peers(), endpoint, other);
  }

  private static boolean serves(List<PortMatch.Resolved> services, Packet packet) {
    for (PortMatch.Resolved service : services) {
      boolean matched =
          switch (service) {
            case PortMatch.Any() -> true;
            case PortMatch.Range(Protocol protocol, int first, int last) ->
                protocol.number() == packet.protocol()
                    && first <= packet.port()
                    && packet.port() <= last;
          };
      if (matched) {
        return true;
      }
    }
    return false;
  }

  private boolean meets(List<PeerMatch> peers, LocalEndpoint endpoint, IpAddress other) {
    for (PeerMatch peer : peers) {
      boolean matched =
          switch (peer) {
            case PeerMatch.Any() -> true;
            case PeerMatch.Addresses(int set) -> state.addresses(set).contains(other);
            case PeerMatch.Block(var cidr) -> cidr.contains(other);
            case PeerMatch.OwnNode() -> state.addresses(Snapshot.NODE_ADDRESSES).contains(other);
            case PeerMatch.Self() -> endpoint.addresses().contains(other);
          };
      if (matched) {
        return true;
      }
    }
    return false;
  }
}
