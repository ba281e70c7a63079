package io.sluice.engine.core;

import io.sluice.api.datapath.Rule;
import java.util.List;

/** What the datapath has of a policy, and what of the engine's that holds on to. */
final class PolicyExport {
  /** The policy in its newest version. */
  CompiledPolicy policy;

  List<Rule> rules = List.of();
  List<ExportedSet<?>> sets = List.of();
  List<PortUse> portUses = List.of();

  PolicyExport(CompiledPolicy policy) {
    this.policy = policy;
  }
}
