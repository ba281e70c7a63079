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
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Node;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.selector.GroupSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The policy engine: an index of endpoints, groups that follow it, and rules compiled from
 * policies. Not thread-safe; the sole owner of its state. What it holds depends on the current
 * inputs only, never on their order (but for the numbers of rules, sets and groups).
 *
 * <p>Inputs take effect at once for verdicts and pictures; for a datapath at the next {@link
 * #commit}. Nothing is prepared for a datapath before the first commit, so that a program that only
 * asks for verdicts pays for no more.
 */
public final class PolicyEngine {
  private final Pending pending = new Pending();
  private final TierOrder order = new TierOrder();
  private final Map<PolicyRef, CompiledPolicy> policies = new HashMap<>();
  private final NodeAddresses nodes;
  private final Index index;
  private final Compiler compiler;
  private final Exporter exporter;
  private final Judge judge;
  private final Ends ends;
  private final Pictures pictures;
  private boolean uncommitted;

  /** An empty engine at revision 0. */
  public PolicyEngine(Locality locality) {
    this.nodes = new NodeAddresses(locality);
    this.index = new Index(locality, pending, nodes);
    this.compiler = new Compiler(index);
    this.exporter = new Exporter(index, nodes, pending, order);
    this.judge = new Judge(index, nodes, order);
    this.ends = new Ends(index, nodes, judge);
    this.pictures = new Pictures(index, judge);
  }

  /** A namespace exists and is now this. */
  public void upsert(Namespace namespace) {
    changed(index.put(namespace));
  }

  /** A node exists and is now this. */
  public void upsert(Node node) {
    changed(nodes.put(node));
  }

  /** A pod exists and is now this. */
  public void upsert(Endpoint endpoint) {
    changed(index.put(endpoint));
  }

  /** A namespace, node or pod exists no more; an unknown one, or another kind, is ignored. */
  public void remove(ResourceKey key) {
    if (key.kind().equals(ResourceKind.POD)) {
      changed(index.removeEndpoint(key.namespace(), key.name()));
    } else if (key.kind().equals(ResourceKind.NAMESPACE)) {
      changed(index.removeNamespace(key.name()));
    } else if (key.kind().equals(ResourceKind.NODE)) {
      changed(nodes.removeNode(key.name()));
    }
  }

  /**
   * A policy exists and is now this.
   *
   * @throws IllegalArgumentException if its tier, actions and isolation contradict each other;
   *     nothing has changed then
   */
  public void upsert(TranslatedPolicy policy) {
    order.check(policy);
    CompiledPolicy before = policies.get(policy.policy());
    if (before != null && before.source.equals(policy)) {
      return;
    }
    CompiledPolicy now = compiler.compile(policy);
    if (before != null) {
      now.export = before.export;
      if (now.export != null) {
        now.export.policy = now;
      }
      before.export = null;
      retire(before);
    }
    policies.put(policy.policy(), now);
    order.add(policy).forEach(this::markMoved);
    pending.mark(now);
    changed(true);
  }

  /** A policy exists no more; an unknown one is ignored. */
  public void remove(PolicyRef policy) {
    CompiledPolicy before = policies.remove(policy);
    if (before != null) {
      retire(before);
      pending.mark(before);
      changed(true);
    }
  }

  private void retire(CompiledPolicy policy) {
    policy.removed = true;
    order.remove(policy.source).forEach(this::markMoved);
    compiler.release(policy);
  }

  private void markMoved(PolicyRef policy) {
    CompiledPolicy moved = policies.get(policy);
    if (moved != null) {
      pending.mark(moved);
    }
  }

  /** This host's own addresses, besides those of its Node object and its pods' host addresses. */
  public void nodeAddresses(Set<IpAddress> own) {
    changed(nodes.own(own));
  }

  private void changed(boolean really) {
    if (really) {
      uncommitted = true;
      judge.forget();
    }
  }

  /**
   * Makes one revision of everything since the last commit. The first commit always makes one.
   *
   * @return how the last revision becomes this one; empty if nothing changed for the datapath
   */
  public Optional<Update> commit() {
    uncommitted = false;
    return exporter.commit();
  }

  /**
   * The whole exported state at the committed revision.
   *
   * @throws IllegalStateException if nothing was ever committed, or if there are changes that are
   *     not committed
   */
  public Snapshot snapshot() {
    if (uncommitted || exporter.revision() == 0) {
      throw new IllegalStateException("commit first: there are changes that no revision holds");
    }
    return new Snapshot(
        exporter.revision(),
        exporter.localEndpoints(),
        exporter.subjectSets(),
        exporter.addressSets(),
        exporter.rules(policies.values()));
  }

  /** The committed revision; 0 before the first commit. */
  public long revision() {
    return exporter.revision();
  }

  /**
   * Why a packet would be allowed or denied, by the inputs held now.
   *
   * @throws IllegalArgumentException naming the party that does not exist, or both if they have no
   *     addresses of one family
   */
  public Explanation explain(Party from, Party to, Service service) {
    Ends.Pair pair = ends.pair(from, to);
    return new Explanation(
        named(from, pair.from()),
        named(to, pair.to()),
        service.toString(),
        egress(pair.from(), pair.to(), service).decision(),
        ingress(pair.from(), pair.to(), service).decision());
  }

  private static String named(Party party, End end) {
    return switch (party) {
      case Party.Pod pod -> end.address == null ? pod.toString() : pod + " (" + end.address + ")";
      case Party.Address(IpAddress address) ->
          end.peer == null ? address.toString() : address + " (" + end.peer.endpoint.path() + ")";
    };
  }

  /**
   * A pod as one end of packets, by its identity: no block matches it.
   *
   * @throws IllegalArgumentException if there is no such pod, or it has finished
   */
  public PacketEnd end(String namespace, String pod) {
    return ends.of(namespace, pod);
  }

  /**
   * A pod as one end of packets with this address. If a newer pod has the address too, that one is
   * the peer and the rules of both count.
   *
   * @param address one of the pod's addresses
   * @throws IllegalArgumentException if there is no such pod, it has finished, or has not this
   *     address
   */
  public PacketEnd end(String namespace, String pod, IpAddress address) {
    return ends.of(namespace, pod, address);
  }

  /** An address as one end of packets: the live pods that have it, else something outside. */
  public PacketEnd end(IpAddress address) {
    return ends.of(address);
  }

  /**
   * The verdict at the sender.
   *
   * @throws IllegalStateException if an input has changed since the ends were looked up
   */
  public Ruling egress(PacketEnd from, PacketEnd to, Service service) {
    return judge.judge((End) from, (End) to, Direction.EGRESS, service);
  }

  /**
   * The verdict at the receiver.
   *
   * @throws IllegalStateException if an input has changed since the ends were looked up
   */
  public Ruling ingress(PacketEnd from, PacketEnd to, Service service) {
    return judge.judge((End) to, (End) from, Direction.INGRESS, service);
  }

  /**
   * All endpoints, by namespace and name.
   *
   * @param binding where a local endpoint's traffic enters, as the datapath says it; empty if it is
   *     not bound
   */
  public List<EndpointInfo> endpoints(Function<EndpointId, String> binding) {
    return pictures.endpoints(binding);
  }

  /** All groups, by selector. */
  public List<GroupInfo> groups() {
    return pictures.groups(policies.values());
  }

  /** All policies, by name. */
  public List<PolicySummary> policies() {
    return pictures.policies(policies.values());
  }

  /** Begins to look for what is legal and probably not meant. */
  public Lint lint() {
    return new Lint(index, judge, policies.values());
  }

  /** The exported rules, system tier first. */
  public List<Rule> rules() {
    return List.copyOf(exporter.rules(policies.values()));
  }

  /** The pods that a selector selects now, by namespace and name. */
  public List<Endpoint> select(GroupSelector selector) {
    Group group = index.acquire(selector);
    List<Endpoint> members = pictures.members(group);
    index.groups.release(group);
    return members;
  }

  /**
   * Sizes by name: {@code endpoints}, {@code localEndpoints}, {@code groups}, {@code labelSets},
   * {@code nodes}, {@code policies}; {@code rules} and {@code sets} that are exported; {@code
   * sharedAddresses}, which more than one live pod has.
   */
  public Map<String, Long> sizes() {
    return Map.of(
        "endpoints", (long) index.size(),
        "localEndpoints", (long) index.local.getCardinality(),
        "groups", (long) index.groups.all().size(),
        "labelSets", (long) index.labelSets(),
        "nodes", (long) nodes.size(),
        "policies", (long) policies.size(),
        "rules", (long) exporter.rules(),
        "sets", (long) exporter.sets(),
        "sharedAddresses", (long) index.addresses.shared());
  }
}
