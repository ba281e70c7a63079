package io.sluice.engine.core;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct label sets of the endpoints, each kept once: the replicas of a workload share one.
 * Counted, so that a label set goes with its last endpoint.
 */
final class LabelSets {
  private static final class Shared {
    private final Map<String, String> labels;
    private int users;

    private Shared(Map<String, String> labels) {
      this.labels = labels;
    }
  }

  private final Map<Map<String, String>, Shared> sets = new HashMap<>();

  /** The same endpoint with the shared label set, and with no address twice. */
  Endpoint canonical(Endpoint endpoint) {
    Shared shared = sets.computeIfAbsent(endpoint.labels(), Shared::new);
    shared.users++;
    List<IpAddress> addresses = endpoint.addresses();
    List<IpAddress> distinct =
        addresses.size() < 2 ? addresses : addresses.stream().distinct().toList();
    if (shared.labels == endpoint.labels() && distinct.size() == addresses.size()) {
      return endpoint;
    }
    return new Endpoint(
        endpoint.namespace(),
        endpoint.name(),
        endpoint.uid(),
        endpoint.nodeName(),
        shared.labels,
        distinct,
        endpoint.hostAddresses(),
        endpoint.ports(),
        endpoint.network(),
        endpoint.lifecycle(),
        endpoint.started(),
        endpoint.origin());
  }

  /** The endpoint is gone or has other labels now. */
  void release(Endpoint endpoint) {
    Shared shared = sets.get(endpoint.labels());
    if (shared != null && --shared.users == 0) {
      sets.remove(endpoint.labels());
    }
  }

  int size() {
    return sets.size();
  }
}
