package io.sluice.drill;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import io.sluice.kit.cluster.Cluster;
import io.sluice.kit.cluster.NaiveEnd;
import io.sluice.kit.cluster.NaiveEvaluator;
import io.sluice.lab.Pod;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a cluster allows. A pod that it does not know reaches nobody, whatever address it has. */
final class State {
  private final Cluster cluster;
  private final NaiveEvaluator naive;
  private final Map<Flow, Boolean> known = new ConcurrentHashMap<>();

  State(Cluster cluster) {
    this.cluster = cluster;
    this.naive = NaiveEvaluator.onNode(cluster, Cast.NODE);
  }

  boolean allows(Flow flow) {
    return known.computeIfAbsent(flow, this::judge);
  }

  private boolean judge(Flow flow) {
    Optional<NaiveEnd> from = end(flow.from(), flow.source());
    Optional<NaiveEnd> to = end(flow.to(), flow.destination());
    return from.isPresent()
        && to.isPresent()
        && naive.passes(from.get(), to.get(), flow.transport().number(), flow.port());
  }

  private Optional<NaiveEnd> end(Pod pod, InetAddress address) {
    IpAddress ip = IpAddress.of(address.getAddress());
    for (Endpoint endpoint : cluster.endpoints()) {
      if (endpoint.namespace().equals(pod.spec().namespace())
          && endpoint.name().equals(pod.spec().name())
          && endpoint.addresses().contains(ip)) {
        return Optional.of(naive.address(ip));
      }
    }
    return Optional.empty();
  }
}
