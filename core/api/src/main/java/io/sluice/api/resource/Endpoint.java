package io.sluice.api.resource;

import io.sluice.api.net.IpAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A pod, reduced to what policy needs.
 *
 * @param namespace the pod's namespace
 * @param name the pod's name
 * @param uid {@code metadata.uid}, or empty where the source has none; a recreated pod has another
 * @param nodeName {@code spec.nodeName}, or empty while it is not scheduled
 * @param labels {@code metadata.labels}
 * @param addresses {@code status.podIPs}, else {@code status.podIP}; empty while it has none
 * @param hostAddresses {@code status.hostIPs}, else {@code status.hostIP}: addresses of its node
 * @param ports the named ports of regular and restartable init containers, in no given order
 * @param network where the pod's traffic is: in its own network or in its node's
 * @param lifecycle whether the pod still has its network
 * @param started when the pod began: {@code status.startTime}, else its creation; decides which of
 *     two live pods with one address is the peer: the newer, or, if both began together, the one
 *     whose key comes last
 * @param origin where it was read
 */
public record Endpoint(
    String namespace,
    String name,
    String uid,
    String nodeName,
    Map<String, String> labels,
    List<IpAddress> addresses,
    List<IpAddress> hostAddresses,
    List<NamedPort> ports,
    Network network,
    Lifecycle lifecycle,
    Instant started,
    String origin)
    implements Resource {
  /** Where a pod's traffic enters and leaves. */
  public enum Network {
    /** An own network namespace: the pod is subject to policy and can be a selector's peer. */
    POD,
    /** {@code hostNetwork: true}: seen as its node; no selector ever matches it. */
    HOST
  }

  /** Whether a pod counts. */
  public enum Lifecycle {
    /** Pending or running, also while it is being deleted. */
    LIVE,
    /** Phase Succeeded or Failed: neither subject nor peer, its address may be reused. */
    FINISHED
  }

  /** Copies the collections. */
  public Endpoint {
    labels = Map.copyOf(labels);
    addresses = List.copyOf(addresses);
    hostAddresses = List.copyOf(hostAddresses);
    ports = List.copyOf(ports);
  }

  /** Whether selectors can match this pod: it lives and has a network of its own. */
  public boolean selectable() {
    return network == Network.POD && lifecycle == Lifecycle.LIVE;
  }

  /** {@code namespace/name}. */
  public String path() {
    return namespace + "/" + name;
  }

  @Override
  public ResourceKey key() {
    return new ResourceKey(ResourceKind.POD, namespace, name);
  }
}
