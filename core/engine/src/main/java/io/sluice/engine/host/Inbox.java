package io.sluice.engine.host;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Node;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.engine.core.PolicyEngine;
import java.util.List;
import java.util.Optional;

/** What sources say, on its way to the policy engine and the stores. */
final class Inbox {
  private final Holdings holdings;
  private final Home home;
  private final PolicyBook policies;
  private final Stores stores;
  private final Turn turn;
  private final Counters counters;

  Inbox(
      Holdings holdings,
      Home home,
      PolicyBook policies,
      Stores stores,
      Turn turn,
      Counters counters) {
    this.holdings = holdings;
    this.home = home;
    this.policies = policies;
    this.stores = stores;
    this.turn = turn;
    this.counters = counters;
  }

  /**
   * Takes changes.
   *
   * @param nanos the ticker when the source sent them
   */
  void take(String source, List<Change> changes, long nanos) {
    for (Change change : changes) {
      ResourceKey key = change.key();
      counters.event(source, key.kind());
      List<String> before = holdings.sources(key);
      effect(
          key,
          before,
          switch (change) {
            case Change.Upsert(Resource resource) -> holdings.put(source, resource);
            case Change.Delete(ResourceKey gone) -> holdings.remove(source, gone);
          },
          nanos);
    }
  }

  /** A source holds these no more. */
  void forget(String source, List<ResourceKey> keys, long nanos) {
    for (ResourceKey key : keys) {
      counters.event(source, key.kind());
      List<String> before = holdings.sources(key);
      effect(key, before, holdings.remove(source, key), nanos);
    }
  }

  /**
   * Takes an object of an earlier life.
   *
   * @param silent those of its sources that have not said in this life what they hold
   */
  void restore(Resource resource, List<String> silent, long nanos) {
    ResourceKey key = resource.key();
    List<String> before = holdings.sources(key);
    Optional<Change> effective =
        silent.isEmpty() ? Optional.empty() : holdings.restore(silent, resource);
    if (effective.isPresent() || !before.equals(holdings.sources(key))) {
      effect(key, before, effective, nanos);
    }
    if (resource instanceof ClaimedResource policy) {
      policies.remember(policy);
      turn.touch(nanos);
    }
  }

  private void effect(
      ResourceKey key, List<String> before, Optional<Change> effective, long nanos) {
    if (effective.isEmpty()) {
      counters.count(Counters.EVENTS_REPEATED);
      if (!before.equals(holdings.sources(key))) {
        // The same object, held by others than before: their silence means something else.
        stores.write(key);
      }
      return;
    }
    Change change = effective.get();
    PolicyEngine engine = home.engine();
    switch (change) {
      case Change.Upsert(Namespace namespace) -> engine.upsert(namespace);
      case Change.Upsert(Node node) -> engine.upsert(node);
      case Change.Upsert(Endpoint endpoint) -> engine.upsert(endpoint);
      case Change.Upsert(ClaimedResource policy) -> policies.upsert(policy);
      case Change.Delete(ResourceKey gone) -> {
        if (isInput(gone)) {
          engine.remove(gone);
        } else {
          policies.remove(gone);
        }
      }
    }
    stores.write(key);
    turn.touch(nanos);
  }

  /** Whether an object is one that the policy engine understands itself. */
  static boolean isInput(ResourceKey key) {
    ResourceKind kind = key.kind();
    return kind.equals(ResourceKind.POD)
        || kind.equals(ResourceKind.NAMESPACE)
        || kind.equals(ResourceKind.NODE);
  }
}
