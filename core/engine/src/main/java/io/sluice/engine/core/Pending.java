package io.sluice.engine.core;

import io.sluice.api.datapath.EndpointId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the next commit must look at. */
final class Pending {
  private List<CompiledPolicy> policies = new ArrayList<>();
  private List<PortUse> portUses = new ArrayList<>();
  private List<ExportedSet<?>> sets = new ArrayList<>();
  private Set<EndpointId> locals = new LinkedHashSet<>();

  /** The policy's exported rules may have to change. */
  void mark(CompiledPolicy policy) {
    if (!policy.marked) {
      policy.marked = true;
      policies.add(policy);
    }
  }

  /** The numbers of a named port may have changed. */
  void add(PortUse use) {
    portUses.add(use);
  }

  /** The set has changed. */
  void add(ExportedSet<?> set) {
    sets.add(set);
  }

  /** This local endpoint came, went or changed. */
  void local(EndpointId id) {
    locals.add(id);
  }

  List<CompiledPolicy> takePolicies() {
    List<CompiledPolicy> taken = policies;
    policies = new ArrayList<>();
    taken.forEach(policy -> policy.marked = false);
    return taken;
  }

  List<PortUse> takePortUses() {
    List<PortUse> taken = portUses;
    portUses = new ArrayList<>();
    return taken;
  }

  List<ExportedSet<?>> takeSets() {
    List<ExportedSet<?>> taken = sets;
    sets = new ArrayList<>();
    return taken;
  }

  Set<EndpointId> takeLocals() {
    Set<EndpointId> taken = locals;
    locals = new LinkedHashSet<>();
    return taken;
  }
}
