package io.sluice.benchmarks;

import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.engine.core.PolicyEngine;
import java.util.List;

/**
 * What an engine is given.
 *
 * @param namespaces the namespaces
 * @param pods the pods
 * @param policies the policies
 */
record Inputs(List<Namespace> namespaces, List<Endpoint> pods, List<TranslatedPolicy> policies) {
  /** Gives everything to an engine. */
  void load(PolicyEngine engine, boolean policiesFirst) {
    if (policiesFirst) {
      policies.forEach(engine::upsert);
    }
    namespaces.forEach(engine::upsert);
    pods.forEach(engine::upsert);
    if (!policiesFirst) {
      policies.forEach(engine::upsert);
    }
  }
}
