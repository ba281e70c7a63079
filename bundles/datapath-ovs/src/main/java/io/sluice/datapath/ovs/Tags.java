package io.sluice.datapath.ovs;

import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The numbers by which rules are known in the switch: in cookies, and as ids of conjunctions.
 *
 * <p>A tag is made from the rule's text (its policy, place, action, services and blocks), so that
 * after a restart of the agent, which gives rules other ids, the same rule has the same tag, and
 * the difference to what the switch holds is small. Two rules that are live together never share
 * one.
 */
final class Tags {
  private final Map<Integer, Rule> rules = new HashMap<>();
  private final Map<Long, Integer> tags = new HashMap<>();

  /** Gives a rule its tag. */
  int assign(Rule rule) {
    List<PeerMatch> blocks =
        rule.peers().stream().filter(peer -> !(peer instanceof PeerMatch.Addresses)).toList();
    int tag =
        mix(
            Objects.hash(
                rule.policy().toString(),
                rule.index(),
                rule.tier().name(),
                rule.order(),
                rule.direction().name(),
                rule.action().name(),
                rule.services().toString(),
                blocks.toString()));
    while (tag == 0 || rules.containsKey(tag)) {
      tag = tag + 1 & 0x7fffffff;
    }
    rules.put(tag, rule);
    tags.put(rule.id(), tag);
    return tag;
  }

  /** The rule is gone. */
  void release(long rule) {
    Integer tag = tags.remove(rule);
    if (tag != null) {
      rules.remove(tag);
    }
  }

  /** The rule that has this tag now. */
  Optional<Rule> rule(int tag) {
    return Optional.ofNullable(rules.get(tag));
  }

  /** Spreads the bits (the finalizer of MurmurHash3). */
  private static int mix(int hash) {
    int h = hash;
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    h ^= h >>> 13;
    h *= 0xc2b2ae35;
    h ^= h >>> 16;
    return h & 0x7fffffff;
  }
}
