package io.sluice.benchmarks;

import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Peer;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PolicyRule;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.NamespaceScope;
import io.sluice.api.selector.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The shapes of clusters that are measured. Nothing in them is shared that would not be in life.
 */
enum Shape {
  /**
   * Many small tenants: 25,000 namespaces, each with four pods in two label groups, a default deny
   * of both directions and a policy for each label group that admits the group itself.
   */
  A1 {
    @Override
    Inputs inputs() {
      Builder builder = new Builder();
      for (int n = 0; n < 25_000; n++) {
        String namespace = "tenant-" + n;
        builder.namespace(namespace);
        for (int p = 0; p < 4; p++) {
          builder.pod(namespace, "pod-" + p, "group-" + p % 2);
        }
        builder.deny(namespace);
        builder.admitSelf(namespace, "admit-0", selector("group-0"));
        builder.admitSelf(namespace, "admit-1", selector("group-1"));
      }
      return builder.done();
    }
  },

  /** One crowded namespace: 10,000 equal pods, 10,000 policies that select and admit all. */
  A3 {
    @Override
    Inputs inputs() {
      Builder builder = new Builder();
      builder.namespace("crowd");
      for (int i = 0; i < 10_000; i++) {
        builder.pod("crowd", "pod-" + i, "same");
        builder.admitSelf("crowd", "policy-" + i, selector("same"));
      }
      return builder.done();
    }
  },

  /** For questions about all pairs: 1,000 pods in 20 namespaces, 20 policies in each. */
  PAIRS {
    @Override
    Inputs inputs() {
      Builder builder = new Builder();
      for (int n = 0; n < 20; n++) {
        String namespace = "team-" + n;
        builder.namespace(namespace);
        for (int p = 0; p < 50; p++) {
          builder.pod(namespace, "pod-" + p, "group-" + p % 10);
        }
        for (int p = 0; p < 20; p++) {
          builder.admitSelf(namespace, "admit-" + p, selector("group-" + p % 10));
        }
      }
      return builder.done();
    }
  };

  /** Pods of one node; as many as the kubelet's default allows. */
  static final int PODS_OF_A_NODE = 110;

  /** Makes the inputs. */
  abstract Inputs inputs();

  private static LabelSelector selector(String group) {
    return LabelSelector.of(Requirement.equal("app", group));
  }

  /** Collects inputs; spreads the pods over the nodes in turn. */
  private static final class Builder {
    private final List<Namespace> namespaces = new ArrayList<>();
    private final List<PodOfNobody> pods = new ArrayList<>();
    private final List<TranslatedPolicy> policies = new ArrayList<>();

    private record PodOfNobody(String namespace, String name, String group) {}

    void namespace(String name) {
      namespaces.add(new Namespace(name, Map.of(Namespace.NAME_LABEL, name), "bench"));
    }

    void pod(String namespace, String name, String group) {
      pods.add(new PodOfNobody(namespace, name, group));
    }

    void deny(String namespace) {
      policies.add(
          new TranslatedPolicy(
              new PolicyRef("NetworkPolicy", namespace, "default-deny"),
              Tier.NAMESPACED,
              0,
              GroupSelector.defaultGroup(namespace),
              Set.of(Direction.INGRESS, Direction.EGRESS),
              List.of()));
    }

    void admitSelf(String namespace, String name, LabelSelector selector) {
      policies.add(
          new TranslatedPolicy(
              new PolicyRef("NetworkPolicy", namespace, name),
              Tier.NAMESPACED,
              0,
              new GroupSelector(new NamespaceScope.Named(namespace), selector),
              Set.of(Direction.INGRESS),
              List.of(
                  new PolicyRule(
                      Direction.INGRESS,
                      Action.ALLOW,
                      List.of(
                          new Peer.Pods(
                              new GroupSelector(new NamespaceScope.Named(namespace), selector))),
                      List.of(PortMatch.Range.all(Protocol.TCP)),
                      0))));
    }

    Inputs done() {
      int nodes = Math.max(1, pods.size() / PODS_OF_A_NODE);
      List<Endpoint> endpoints = new ArrayList<>(pods.size());
      for (PodOfNobody pod : pods) {
        int number = endpoints.size();
        endpoints.add(
            new Endpoint(
                pod.namespace(),
                pod.name(),
                "uid-" + number,
                "node-" + number % nodes,
                Map.of("app", pod.group(), "release", "stable"),
                List.of(IpAddress.v4(0x0a000000 + number)),
                List.of(IpAddress.v4(0xac100000 + number % nodes)),
                List.of(),
                Endpoint.Network.POD,
                Endpoint.Lifecycle.LIVE,
                Instant.ofEpochSecond(number),
                "bench"));
      }
      return new Inputs(namespaces, endpoints, policies);
    }
  }
}
