package io.sluice.reachability;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.engine.core.Locality;
import io.sluice.engine.core.PolicyEngine;
import io.sluice.manifests.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The manifests as a cluster that can be asked.
 *
 * @param engine the engine that knows them
 * @param places the senders and receivers, sorted
 * @param finished the pods that have finished, sorted
 * @param unaddressed the pods that have no address, sorted
 * @param unknownNamespaces the namespaces with pods but without an object, sorted
 */
record Cluster(
    PolicyEngine engine,
    List<Place> places,
    Set<String> finished,
    Set<String> unaddressed,
    Set<String> unknownNamespaces) {
  static Cluster of(Inputs inputs, List<IpAddress> external) {
    PolicyEngine engine = new PolicyEngine(Locality.everything());
    inputs.namespaces().forEach(engine::upsert);
    inputs.nodes().forEach(engine::upsert);
    inputs.pods().forEach(engine::upsert);
    List<Endpoint> workloads = representatives(inputs);
    workloads.forEach(engine::upsert);
    inputs.policies().forEach(engine::upsert);
    List<Place> places = new ArrayList<>();
    Set<String> finished = new TreeSet<>();
    Set<String> unaddressed = new TreeSet<>();
    Set<String> unknown = new TreeSet<>();
    for (Endpoint pod : inputs.pods()) {
      List<IpAddress> addresses = Place.addresses(pod, inputs.nodes());
      if (pod.lifecycle() == Endpoint.Lifecycle.FINISHED) {
        finished.add(pod.path());
      } else if (addresses.isEmpty()) {
        unaddressed.add(pod.path());
      } else {
        places.add(Place.pod(engine, pod, addresses));
      }
      unknown.add(pod.namespace());
    }
    for (Endpoint workload : workloads) {
      places.add(Place.workload(engine, workload));
      unknown.add(workload.namespace());
    }
    external.forEach(address -> places.add(Place.external(engine, address)));
    inputs.namespaces().stream().map(Namespace::name).forEach(unknown::remove);
    places.sort(null);
    return new Cluster(engine, List.copyOf(places), finished, unaddressed, unknown);
  }

  /** The workloads under their names; with their kind where another pod or workload has that. */
  private static List<Endpoint> representatives(Inputs inputs) {
    Map<String, Integer> names = new HashMap<>();
    Set<String> taken = new HashSet<>();
    inputs.pods().forEach(pod -> taken.add(pod.path()));
    inputs.workloads().forEach(work -> names.merge(work.endpoint().path(), 1, Integer::sum));
    List<Endpoint> endpoints = new ArrayList<>();
    for (Workload workload : inputs.workloads()) {
      Endpoint endpoint = workload.endpoint();
      boolean alone =
          names.getOrDefault(endpoint.path(), 0) == 1 && !taken.contains(endpoint.path());
      endpoints.add(
          alone
              ? endpoint
              : renamed(
                  endpoint, endpoint.name() + "." + workload.kind().toLowerCase(Locale.ROOT)));
    }
    return endpoints;
  }

  private static Endpoint renamed(Endpoint endpoint, String name) {
    return new Endpoint(
        endpoint.namespace(),
        name,
        endpoint.uid(),
        endpoint.nodeName(),
        endpoint.labels(),
        endpoint.addresses(),
        endpoint.hostAddresses(),
        endpoint.ports(),
        endpoint.network(),
        endpoint.lifecycle(),
        endpoint.started(),
        endpoint.origin());
  }
}
