package io.sluice.datapath.ovs;

import io.sluice.datapath.ovs.openflow.Bits;
import io.sluice.datapath.ovs.openflow.Field;
import io.sluice.datapath.ovs.openflow.FieldMatch;
import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.FlowKey;
import io.sluice.datapath.ovs.openflow.FlowMod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All the flows that are wanted, with who wants them, and which of them changed since last asked.
 *
 * <p>A switch knows a flow by table, priority and match, and a second one of the same key replaces
 * the first. Several rules may want the same key, so each contributes: whole flows with an owner
 * (of several the one with the lowest number counts, and they agree on what matters), or clauses of
 * conjunctions, which add up. No key is used for both. A change costs the keys that it touches.
 */
final class FlowBook {
  private record Contribution(long owner, Flow flow) {}

  private final Map<FlowKey, List<Contribution>> owned = new HashMap<>();
  private final Map<FlowKey, ClauseSet> clauses = new HashMap<>();
  private final Map<FlowKey, Optional<Flow>> touched = new LinkedHashMap<>();
  private final Map<FlowKey, Shard> touchedShards = new LinkedHashMap<>();
  private int flows;

  private record Shard(FlowKey base, int place, boolean existed) {}

  /** Wants a flow, for an owner. */
  void add(long owner, Flow flow) {
    List<Contribution> contributions = owned.computeIfAbsent(flow.key(), key -> new ArrayList<>(1));
    touch(flow.key(), contributions);
    int at = 0;
    while (at < contributions.size() && contributions.get(at).owner <= owner) {
      at++;
    }
    contributions.add(at, new Contribution(owner, flow));
    if (contributions.size() == 1) {
      flows++;
    }
  }

  /** An owner wants a flow no longer (once, if it asked for it more often). */
  void remove(long owner, FlowKey key) {
    List<Contribution> contributions = owned.getOrDefault(key, List.of());
    for (int i = 0; i < contributions.size(); i++) {
      if (contributions.get(i).owner == owner) {
        touch(key, contributions);
        contributions.remove(i);
        if (contributions.isEmpty()) {
          owned.remove(key);
          flows--;
        }
        return;
      }
    }
    throw new IllegalStateException("owner " + owner + " has no flow " + key);
  }

  private void touch(FlowKey key, List<Contribution> contributions) {
    touched.computeIfAbsent(
        key,
        unused ->
            contributions.isEmpty()
                ? Optional.empty()
                : Optional.of(contributions.getFirst().flow));
  }

  /** Wants a clause (packed) at a match. */
  void addClause(FlowKey base, long clause) {
    ClauseSet set = clauses.computeIfAbsent(base, key -> new ClauseSet());
    int place = set.place(clause);
    touchShard(base, set, place);
    flows += set.has(place) ? 0 : 1;
    set.add(place, clause);
  }

  /** Wants a clause no longer (once). */
  void removeClause(FlowKey base, long clause) {
    ClauseSet set = clauses.get(base);
    if (set == null) {
      throw new IllegalStateException("no clauses at " + base);
    }
    int place = set.whereIs(clause);
    touchShard(base, set, place);
    set.remove(place, clause);
    flows -= set.has(place) ? 0 : 1;
    if (set.isEmpty()) {
      clauses.remove(base);
    }
  }

  private void touchShard(FlowKey base, ClauseSet set, int place) {
    touchedShards.computeIfAbsent(
        shardKey(base, place), key -> new Shard(base, place, set.has(place)));
  }

  /**
   * The key of a shard. The first has the plain match; the others demand besides that some bits be
   * zero which always are, each another choice of bits: matches that differ, for the same packets.
   * The switch puts clauses of one conjunction together across all flows of one priority.
   */
  static FlowKey shardKey(FlowKey base, int place) {
    if (place == 0) {
      return base;
    }
    Bits zero = Bits.of(Integer.toUnsignedLong(place << Layout.SHARD_SHIFT));
    Field flags = Field.register(Layout.FLAGS);
    Optional<FieldMatch> asked = base.match().field(flags);
    Bits value = asked.map(FieldMatch::value).orElse(Bits.ZERO);
    Bits mask = new Bits(0, zero.low() | asked.map(each -> each.mask().low()).orElse(0L));
    return new FlowKey(
        base.table(), base.priority(), base.match().toBuilder().set(flags, value, mask).build());
  }

  private Optional<Flow> shardFlow(FlowKey base, int place) {
    ClauseSet set = clauses.get(base);
    return set == null || !set.has(place)
        ? Optional.empty()
        : Optional.of(
            new Flow(shardKey(base, place), Cookie.Kind.CLAUSES.cookie(), set.actions(place)));
  }

  /** What has to change in a switch that holds what was wanted when this was last asked. */
  List<FlowMod> takeChanges() {
    List<FlowMod> mods = new ArrayList<>();
    touched.forEach(
        (key, before) -> {
          List<Contribution> now = owned.getOrDefault(key, List.of());
          Optional<Flow> after =
              now.isEmpty() ? Optional.empty() : Optional.of(now.getFirst().flow);
          Difference.of(before, after).ifPresent(mods::add);
        });
    touchedShards.forEach(
        (key, shard) -> {
          Optional<Flow> after = shardFlow(shard.base, shard.place);
          if (shard.existed) {
            Flow gone = new Flow(key, Cookie.Kind.CLAUSES.cookie(), List.of());
            mods.add(after.map(FlowMod::modify).orElseGet(() -> FlowMod.delete(gone)));
          } else {
            after.map(FlowMod::add).ifPresent(mods::add);
          }
        });
    forgetChanges();
    return mods;
  }

  /** The switch does not hold this flow as it was wanted: it counts as changed, if it is wanted. */
  void mend(FlowKey key) {
    if (owned.containsKey(key)) {
      touched.put(key, Optional.empty());
    }
  }

  /** Forgets what changed, because a comparison with the whole switch follows. */
  void forgetChanges() {
    touched.clear();
    touchedShards.clear();
  }

  /** How many flows are wanted. */
  int size() {
    return flows;
  }

  /** Every flow wanted. */
  void forEach(Consumer<Flow> each) {
    owned.values().forEach(contributions -> each.accept(contributions.getFirst().flow));
    clauses.forEach(
        (base, set) -> {
          for (int place = 0; place < set.shards(); place++) {
            shardFlow(base, place).ifPresent(each);
          }
        });
  }

  /** Every flow that speaks for one of these tags, or holds a clause of its conjunction. */
  void forEachOf(Set<Integer> tags, Consumer<Flow> each) {
    owned.values().stream()
        .map(contributions -> contributions.getFirst().flow)
        .filter(flow -> tags.contains(Cookie.tag(flow.cookie())))
        .forEach(each);
    clauses.forEach(
        (base, set) -> {
          for (int place = 0; place < set.shards(); place++) {
            if (set.has(place) && set.serves(place, tags)) {
              shardFlow(base, place).ifPresent(each);
            }
          }
        });
  }
}
