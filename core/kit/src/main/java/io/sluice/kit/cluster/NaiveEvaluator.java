package io.sluice.kit.cluster;

import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Direction;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Node;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Says what NetworkPolicy means, straight from the definition: for every question it reads every
 * object. Slow and short on purpose.
 */
public final class NaiveEvaluator {
  /** Who started last; of two that started together, the one whose name is last. */
  private static final Comparator<Endpoint> AGE =
      Comparator.comparing(Endpoint::started)
          .thenComparing(Endpoint::namespace)
          .thenComparing(Endpoint::name);

  private final Cluster cluster;
  private final Optional<String> only;
  private final List<NaivePolicy> policies;

  /** An evaluator of this cluster, which judges at every pod. */
  public NaiveEvaluator(Cluster cluster) {
    this(cluster, Optional.empty());
  }

  /**
   * What a node's agent decides: it judges at the pods of this node only, and takes the host
   * address that any of them has for the node's.
   */
  public static NaiveEvaluator onNode(Cluster cluster, String node) {
    return new NaiveEvaluator(cluster, Optional.of(node));
  }

  private NaiveEvaluator(Cluster cluster, Optional<String> only) {
    this.cluster = cluster;
    this.only = only;
    this.policies =
        cluster.policies().stream()
            .map(NaivePolicy::new)
            .sorted(Comparator.comparing(NaivePolicy::name))
            .toList();
  }

  /** A pod by its identity, without an address. */
  public NaiveEnd pod(String namespace, String name) {
    ResourceKey key = new ResourceKey(ResourceKind.POD, namespace, name);
    List<Endpoint> pods =
        cluster.endpoints().stream()
            .filter(pod -> pod.key().equals(key) && isOnPodNetwork(pod))
            .toList();
    return new NaiveEnd(pods, pods.stream().findFirst(), Optional.empty());
  }

  /** A pod with one of its addresses: whoever else has the address is judged and seen as well. */
  public NaiveEnd pod(String namespace, String name, IpAddress address) {
    NaiveEnd end = address(address);
    ResourceKey key = new ResourceKey(ResourceKind.POD, namespace, name);
    if (end.holders().stream().noneMatch(pod -> pod.key().equals(key))) {
      throw new IllegalArgumentException(key + " has no address " + address);
    }
    return end;
  }

  /** Whoever has this address. */
  public NaiveEnd address(IpAddress address) {
    List<Endpoint> pods =
        cluster.endpoints().stream()
            .filter(pod -> pod.addresses().contains(address) && isOnPodNetwork(pod))
            .toList();
    return new NaiveEnd(pods, pods.stream().max(AGE), Optional.of(address));
  }

  private static boolean isOnPodNetwork(Endpoint pod) {
    return pod.lifecycle() == Endpoint.Lifecycle.LIVE && pod.network() == Endpoint.Network.POD;
  }

  /** The verdict at the sender. */
  public NaiveVerdict egress(NaiveEnd from, NaiveEnd to, int protocol, int port) {
    return judge(from, new NaivePacket(Direction.EGRESS, to, protocol, port), this::isJudged);
  }

  /** The verdict at the receiver. */
  public NaiveVerdict ingress(NaiveEnd from, NaiveEnd to, int protocol, int port) {
    return judge(to, new NaivePacket(Direction.INGRESS, from, protocol, port), this::isJudged);
  }

  /** Whether a packet passes on both sides. */
  public boolean passes(NaiveEnd from, NaiveEnd to, int protocol, int port) {
    return passes(from, to, protocol, port, this::isJudged);
  }

  /** Whether a packet passes, where only these pods are judged. */
  public boolean passes(
      NaiveEnd from, NaiveEnd to, int protocol, int port, Predicate<Endpoint> judged) {
    return judge(from, new NaivePacket(Direction.EGRESS, to, protocol, port), judged).allowed()
        && judge(to, new NaivePacket(Direction.INGRESS, from, protocol, port), judged).allowed();
  }

  private boolean isJudged(Endpoint pod) {
    return only.isEmpty() || only.get().equals(pod.nodeName());
  }

  /** Where several pods have the address, a packet must pass the rules of each. */
  private NaiveVerdict judge(NaiveEnd end, NaivePacket packet, Predicate<Endpoint> judged) {
    List<NaiveVerdict> denials = new ArrayList<>();
    List<NaiveVerdict> allowals = new ArrayList<>();
    for (Endpoint pod : end.holders()) {
      if (judged.test(pod)) {
        NaiveVerdict verdict = judge(pod, packet);
        (verdict.allowed() ? allowals : denials).add(verdict);
      }
    }
    if (!denials.isEmpty()) {
      Set<String> isolating = new TreeSet<>();
      denials.forEach(denial -> isolating.addAll(denial.isolating()));
      return new NaiveVerdict(false, String.join(",", isolating), List.copyOf(isolating));
    }
    return allowals.stream()
        .min(Comparator.comparing(NaiveVerdict::by))
        .orElse(new NaiveVerdict(true, "none", List.of()));
  }

  private NaiveVerdict judge(Endpoint pod, NaivePacket packet) {
    List<NaivePolicy> isolating =
        policies.stream().filter(policy -> policy.isolates(pod, packet.direction())).toList();
    List<String> names = isolating.stream().map(NaivePolicy::name).toList();
    if (isSelf(pod, packet.other())) {
      return new NaiveVerdict(true, "self", names);
    }
    if (isOwnNode(pod, packet.other())) {
      return new NaiveVerdict(true, "own-node", names);
    }
    if (isolating.isEmpty()) {
      return new NaiveVerdict(true, "default", names);
    }
    Optional<Endpoint> target =
        packet.direction() == Direction.INGRESS ? Optional.of(pod) : packet.other().peer();
    for (NaivePolicy policy : isolating) {
      if (policy.allows(packet, target, cluster.namespaces())) {
        return new NaiveVerdict(true, policy.name(), names);
      }
    }
    return new NaiveVerdict(false, String.join(",", names), names);
  }

  private static boolean isSelf(Endpoint pod, NaiveEnd other) {
    return other.address().isPresent()
        ? pod.addresses().contains(other.address().get())
        : other.peer().filter(peer -> peer.key().equals(pod.key())).isPresent();
  }

  private boolean isOwnNode(Endpoint pod, NaiveEnd other) {
    if (other.address().isEmpty()) {
      return false;
    }
    IpAddress address = other.address().get();
    if (pod.hostAddresses().contains(address)) {
      return true;
    }
    for (Endpoint neighbour : cluster.endpoints()) {
      if (only.isPresent()
          && neighbour.nodeName().equals(only.get())
          && isOnPodNetwork(neighbour)
          && neighbour.hostAddresses().contains(address)) {
        return true;
      }
    }
    for (Node node : cluster.nodes()) {
      if (node.name().equals(pod.nodeName()) && node.addresses().contains(address)) {
        return true;
      }
    }
    return false;
  }
}
