package io.sluice.datapath.ovs;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.policy.Direction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** By how many rules each endpoint can be denied something, and for whom that became different. */
final class GuardCounts {
  private record Counts(int ingress, int egress) {
    static final Counts NONE = new Counts(0, 0);

    Counts plus(Direction direction, int change) {
      return direction == Direction.INGRESS
          ? new Counts(ingress + change, egress)
          : new Counts(ingress, egress + change);
    }

    Guards guards() {
      return new Guards(ingress > 0, egress > 0);
    }
  }

  private final Map<EndpointId, Counts> counts = new HashMap<>();
  private final Set<EndpointId> changed = new HashSet<>();

  /** A rule that guards is, or is no longer, about an endpoint. */
  void count(EndpointId endpoint, Direction direction, boolean guarded) {
    Counts before = counts.getOrDefault(endpoint, Counts.NONE);
    Counts after = before.plus(direction, guarded ? 1 : -1);
    if (after.equals(Counts.NONE)) {
      counts.remove(endpoint);
    } else {
      counts.put(endpoint, after);
    }
    if (!before.guards().equals(after.guards())) {
      changed.add(endpoint);
    }
  }

  Guards of(EndpointId endpoint) {
    return counts.getOrDefault(endpoint, Counts.NONE).guards();
  }

  /** Whose guards may have changed since last asked. */
  Set<EndpointId> takeChanged() {
    Set<EndpointId> taken = Set.copyOf(changed);
    changed.clear();
    return taken;
  }
}
