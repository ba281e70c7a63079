package io.sluice.kit.cluster;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Change;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Node;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes small clusters that hold much of what can go wrong: every selector operator, named ports
 * that differ by pod, ranges, nested exceptions, both families, finished pods and pods on their
 * node's network, addresses that two pods have, pods whose namespace is not known yet, and every
 * way to leave a field out.
 */
public final class RandomCluster {
  private final Dice dice;
  private final RandomPods pods;
  private final RandomPolicies policies;

  /** A maker of clusters that uses these dice. */
  public RandomCluster(Dice dice) {
    this.dice = dice;
    this.pods = new RandomPods(dice);
    this.policies = new RandomPolicies(dice);
  }

  /** The cluster of a seed. */
  public static Cluster of(long seed) {
    return new RandomCluster(new Dice(seed)).make();
  }

  /** Addresses worth asking about besides those of the cluster's objects. */
  public static List<IpAddress> externals() {
    return Words.EXTERNALS;
  }

  /** A cluster of 3 to 5 namespaces, 6 to 14 pods and up to 8 policies on two nodes. */
  public Cluster make() {
    List<Resource> resources = new ArrayList<>();
    for (int i = 0; i < Words.NODES.size(); i++) {
      if (dice.percent(95)) {
        resources.add(node(i, 0));
      }
    }
    List<String> namespaces = dice.some(Words.NAMESPACES, dice.between(3, 5));
    for (String name : namespaces) {
      if (dice.percent(88)) {
        resources.add(namespace(name));
      }
    }
    Cluster cluster = Cluster.of(resources);
    for (int i = dice.between(6, 14); i > 0; i--) {
      Resource pod = pod(cluster, dice.pick(namespaces));
      resources.add(pod);
      cluster = Cluster.of(resources);
    }
    // Mostly where there are pods: elsewhere a policy says nothing.
    for (int i = dice.percent(5) ? 0 : dice.between(2, 8); i > 0; i--) {
      resources.add(
          policy(
              dice.percent(90)
                  ? dice.pick(cluster.endpoints()).namespace()
                  : dice.pick(namespaces)));
    }
    return Cluster.of(resources);
  }

  Resource node(int index, int generation) {
    return new Node(
        Words.NODES.get(index), Map.of(), Words.nodeAddresses(index, generation), "random");
  }

  Resource namespace(String name) {
    Map<String, String> labels =
        new LinkedHashMap<>(pods.labels(Words.NAMESPACE_KEYS, Words.NAMESPACE_VALUES));
    labels.put(Namespace.NAME_LABEL, name);
    return new Namespace(name, labels, "random");
  }

  /** A pod with a name that may be taken already. */
  Resource pod(Cluster cluster, String namespace) {
    String name = dice.pick(Words.PODS);
    // The pod that it replaces frees its addresses.
    Cluster others =
        cluster.with(
            List.of(new Change.Delete(new ResourceKey(ResourceKind.POD, namespace, name))));
    return pods.pod(others, namespace, name);
  }

  /** A policy with a name that may be taken already. */
  Resource policy(String namespace) {
    return policy(namespace, dice.pick(Words.POLICIES));
  }

  Resource policy(String namespace, String name) {
    return policies.policy(namespace, name);
  }

  RandomPods pods() {
    return pods;
  }
}
