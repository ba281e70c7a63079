package io.sluice.api.control;

import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Endpoint;
import java.util.List;

/**
 * An endpoint, for people.
 *
 * @param endpoint the endpoint
 * @param local whether it is on this node
 * @param binding where its traffic enters, as the datapath says it; empty if it is not bound
 * @param ingress the policies that isolate it for ingress, sorted
 * @param egress the policies that isolate it for egress, sorted
 */
public record EndpointInfo(
    Endpoint endpoint,
    boolean local,
    String binding,
    List<PolicyRef> ingress,
    List<PolicyRef> egress) {
  /** Copies the lists. */
  public EndpointInfo {
    ingress = List.copyOf(ingress);
    egress = List.copyOf(egress);
  }
}
