package io.sluice.itests.differential;

import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Update;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PolicyTranslator;
import io.sluice.api.policy.Translation;
import io.sluice.api.resource.Change;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Node;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.engine.core.Locality;
import io.sluice.engine.core.PolicyEngine;
import io.sluice.translator.networkpolicy.NetworkPolicyTranslator;
import java.util.Collection;
import java.util.Optional;

/** An engine that takes objects as sources deliver them. */
final class EngineRig {
  private final PolicyTranslator translator = new NetworkPolicyTranslator();
  private final PolicyEngine engine;

  EngineRig(Locality locality) {
    this.engine = new PolicyEngine(locality);
  }

  PolicyEngine engine() {
    return engine;
  }

  /** Takes changes as one revision. */
  Optional<Update> apply(Collection<Change> changes) {
    for (Change change : changes) {
      switch (change) {
        case Change.Upsert(Resource resource) -> upsert(resource);
        case Change.Delete(ResourceKey key) -> delete(key);
      }
    }
    return engine.commit();
  }

  private void upsert(Resource resource) {
    switch (resource) {
      case Namespace namespace -> engine.upsert(namespace);
      case Node node -> engine.upsert(node);
      case Endpoint endpoint -> engine.upsert(endpoint);
      case ClaimedResource policy -> {
        switch (translator.translate(policy)) {
          case Translation.Accepted accepted -> engine.upsert(accepted.translated());
          case Translation.Rejected rejected ->
              throw new AssertionError("a valid policy was rejected: " + rejected);
        }
      }
    }
  }

  private void delete(ResourceKey key) {
    if (key.kind().equals(ResourceKind.NETWORK_POLICY)) {
      engine.remove(PolicyRef.of(key));
    } else {
      engine.remove(key);
    }
  }

  Snapshot snapshot() {
    return engine.snapshot();
  }
}
