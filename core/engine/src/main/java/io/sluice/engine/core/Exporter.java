package io.sluice.engine.core;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes revisions: what a datapath of this node must know, and how that changed since the last
 * commit.
 *
 * <p>A policy is exported while one of its subjects is local. A policy that was touched is written
 * anew and compared with what the datapath has of it, so that a rule which did not change keeps its
 * id; there is no other way in which rules come or go. Members of sets are not looked at here: sets
 * follow their members by themselves.
 */
final class Exporter {
  private final Index index;
  private final NodeAddresses nodes;
  private final Pending pending;
  private final TierOrder order;
  private final SetTable sets;
  private final PortUses portUses;
  private final Map<EndpointId, LocalEndpoint> locals = new HashMap<>();
  private long revision;
  private long lastRule = SystemTier.RULES.size();
  private int rules;

  Exporter(Index index, NodeAddresses nodes, Pending pending, TierOrder order) {
    this.index = index;
    this.nodes = nodes;
    this.pending = pending;
    this.order = order;
    this.sets = new SetTable(index, pending);
    this.portUses = new PortUses(index, pending);
  }

  long revision() {
    return revision;
  }

  /** How many rules are exported. */
  int rules() {
    return rules + SystemTier.RULES.size();
  }

  /** How many sets are exported. */
  int sets() {
    return sets.size() + 1;
  }

  Optional<Update> commit() {
    UpdateBuilder update = new UpdateBuilder();
    if (revision == 0) {
      update.rulesAdded.addAll(SystemTier.RULES);
    }
    portUses.refresh();
    pending.takePolicies().forEach(policy -> export(policy, update));
    sets.collect(update);
    if (nodes.changed() || revision == 0) {
      update.addressSets.add(nodes.takeDelta());
    }
    pending.takeLocals().forEach(id -> compareLocal(id, update));
    if (update.isEmpty()) {
      return Optional.empty();
    }
    revision++;
    return Optional.of(update.build(revision - 1, revision));
  }

  private void export(CompiledPolicy policy, UpdateBuilder update) {
    PolicyExport export = policy.export;
    if (export == null) {
      if (!policy.isActive()) {
        return;
      }
      export = new PolicyExport(policy);
      policy.export = export;
    }
    RuleWriter writer = new RuleWriter(policy, sets, portUses, order, index.everyone);
    if (policy.isActive()) {
      writer.write();
    }
    List<Rule> now = number(export.rules, writer.rules, update);
    rules += now.size() - export.rules.size();
    export.rules = now;
    portUses.replace(export, export.portUses, writer.portUses);
    export.portUses = List.copyOf(writer.portUses);
    export.sets.forEach(sets::release);
    export.sets = List.copyOf(writer.sets);
    if (!policy.isActive()) {
      policy.export = null;
    }
  }

  /** Gives the written rules their ids: the old ones where the rule is the same. */
  private List<Rule> number(List<Rule> before, Collection<Rule> written, UpdateBuilder update) {
    Map<Rule, Rule> gone = HashMap.newHashMap(before.size());
    before.forEach(rule -> gone.put(withId(rule, 0), rule));
    List<Rule> now = new ArrayList<>(written.size());
    for (Rule rule : written) {
      Rule kept = gone.remove(rule);
      if (kept == null) {
        kept = withId(rule, ++lastRule);
        update.rulesAdded.add(kept);
      }
      now.add(kept);
    }
    gone.values().forEach(rule -> update.rulesRemoved.add(rule.id()));
    return List.copyOf(now);
  }

  private static Rule withId(Rule rule, long id) {
    return new Rule(
        id,
        rule.tier(),
        rule.order(),
        rule.direction(),
        rule.action(),
        rule.subject(),
        rule.peers(),
        rule.services(),
        rule.policy(),
        rule.index());
  }

  private void compareLocal(EndpointId id, UpdateBuilder update) {
    Slot slot = index.find(id.namespace(), id.name());
    if (slot == null || !slot.local || !slot.endpoint.uid().equals(id.uid())) {
      if (locals.remove(id) != null) {
        update.endpointsRemoved.add(id);
      }
      return;
    }
    LocalEndpoint now = new LocalEndpoint(id, Set.copyOf(slot.endpoint.addresses()));
    if (!now.equals(locals.put(id, now))) {
      update.endpoints.add(now);
    }
  }

  /** The local endpoints. */
  List<LocalEndpoint> localEndpoints() {
    return List.copyOf(locals.values());
  }

  Map<Integer, Set<EndpointId>> subjectSets() {
    return sets.subjectSets();
  }

  Map<Integer, Set<IpAddress>> addressSets() {
    Map<Integer, Set<IpAddress>> all = sets.addressSets();
    all.put(Snapshot.NODE_ADDRESSES, nodes.all());
    return all;
  }

  /** The exported rules of these policies, with those of the system tier first. */
  List<Rule> rules(Collection<CompiledPolicy> policies) {
    List<Rule> all = new ArrayList<>(rules());
    all.addAll(SystemTier.RULES);
    for (Tier tier : List.of(Tier.ADMIN, Tier.NAMESPACED, Tier.BASELINE)) {
      for (CompiledPolicy policy : policies) {
        if (policy.source.tier() == tier && policy.export != null) {
          all.addAll(policy.export.rules);
        }
      }
    }
    return all;
  }
}
