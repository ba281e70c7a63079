package io.sluice.engine.core;

import io.sluice.api.control.EndpointInfo;
import io.sluice.api.control.Explanation;
import io.sluice.api.control.GroupInfo;
import io.sluice.api.control.Party;
import io.sluice.api.control.Service;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Node;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.selector.GroupSelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The policy engine: an index of endpoints, groups that follow it, and rules compiled from
 * policies. Not thread-safe; the sole owner of its state. What it holds depends on the current
 * inputs only, never on their order.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class PolicyEngine {
  private final Locality locality;

  /** An empty engine at revision 0. */
  public PolicyEngine(Locality locality) {
    this.locality = locality;
  }

  /** A namespace exists and is now this. */
  public void upsert(Namespace namespace) {
    throw pending();
  }

  /** A node exists and is now this. */
  public void upsert(Node node) {
    throw pending();
  }

  /** A pod exists and is now this. */
  public void upsert(Endpoint endpoint) {
    throw pending();
  }

  /** A namespace, node or pod exists no more; unknown keys are ignored. */
  public void remove(ResourceKey key) {
    throw pending();
  }

  /**
   * A policy exists and is now this.
   *
   * @throws IllegalArgumentException if its tier, actions and isolation contradict each other;
   *     nothing has changed then
   */
  public void upsert(TranslatedPolicy policy) {
    throw pending();
  }

  /** A policy exists no more; an unknown one is ignored. */
  public void remove(PolicyRef policy) {
    throw pending();
  }

  /** This host's own addresses, besides those of its Node object and its pods' host addresses. */
  public void nodeAddresses(Set<IpAddress> own) {
    throw pending();
  }

  /**
   * Makes one revision of everything since the last commit. The first commit always makes one.
   *
   * @return how the last revision becomes this one; empty if nothing changed for the datapath
   */
  public Optional<Update> commit() {
    throw pending();
  }

  /**
   * The whole exported state at the committed revision.
   *
   * @throws IllegalStateException if there are changes that are not committed
   */
  public Snapshot snapshot() {
    throw pending();
  }

  /** The committed revision; 0 before the first commit. */
  public long revision() {
    throw pending();
  }

  /**
   * Why a packet would be allowed or denied, by the inputs held now.
   *
   * @throws IllegalArgumentException naming the party that does not exist
   */
  public Explanation explain(Party from, Party to, Service service) {
    throw pending();
  }

  /**
   * A pod as one end of packets, by its identity: no block matches it.
   *
   * @throws IllegalArgumentException if there is no such pod, or it has finished
   */
  public PacketEnd end(String namespace, String pod) {
    throw pending();
  }

  /**
   * A pod as one end of packets with this address.
   *
   * @param address one of the pod's addresses
   * @throws IllegalArgumentException if there is no such pod, it has finished, or has not this
   *     address
   */
  public PacketEnd end(String namespace, String pod, IpAddress address) {
    throw pending();
  }

  /** An address as one end of packets: the live pods that have it, else something outside. */
  public PacketEnd end(IpAddress address) {
    throw pending();
  }

  /** The verdict at the sender. Builds no text. */
  public Ruling egress(PacketEnd from, PacketEnd to, Service service) {
    throw pending();
  }

  /** The verdict at the receiver. Builds no text. */
  public Ruling ingress(PacketEnd from, PacketEnd to, Service service) {
    throw pending();
  }

  /**
   * All endpoints, by namespace and name.
   *
   * @param binding where an endpoint's traffic enters, as the datapath says it; empty if not bound
   */
  public List<EndpointInfo> endpoints(Function<EndpointId, String> binding) {
    throw pending();
  }

  /** All groups, by selector. */
  public List<GroupInfo> groups() {
    throw pending();
  }

  /** All policies, by name. */
  public List<PolicySummary> policies() {
    throw pending();
  }

  /** The exported rules, system tier first. */
  public List<Rule> rules() {
    throw pending();
  }

  /** The pods that a selector selects now, by namespace and name. */
  public List<Endpoint> select(GroupSelector selector) {
    throw pending();
  }

  /** Sizes by name: endpoints, localEndpoints, namespaces, groups, policies, rules, and so on. */
  public Map<String, Long> sizes() {
    throw pending();
  }

  private UnsupportedOperationException pending() {
    return new UnsupportedOperationException("not written yet, for " + locality);
  }
}
