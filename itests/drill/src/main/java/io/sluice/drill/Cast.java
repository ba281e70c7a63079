package io.sluice.drill;

import io.sluice.lab.PodSpec;
import java.io.IOException;
import java.util.List;

/** Who plays: the pods at the beginning, and the policies over them. */
final class Cast {
  /** The node's name in the manifests, and its addresses. */
  static final String NODE = "node-a";

  static final String NODE_V4 = "10.244.0.1";
  static final String NODE_V6 = "fd00:244::1";

  /** The file with the policy that admits shop/guest; what it says is what faults change. */
  static final String GUEST_FILE = "guest.yaml";

  static final List<String> NAMESPACES = List.of("shop", "lan", "jail");

  /** Each is labelled {@code app: <its name>}. */
  static final List<PodSpec> PODS =
      List.of(
          pod("shop", "web", 11),
          pod("shop", "db", 12),
          pod("shop", "guest", 13),
          pod("shop", "late", 14),
          pod("lan", "mallory", 21),
          pod("lan", "open", 22),
          pod("jail", "inmate", 31));

  private Cast() {}

  /** A pod whose addresses end in this number. */
  static PodSpec pod(String namespace, String name, int number) {
    return PodSpec.of(namespace, name, v4(number), v6(number));
  }

  static String v4(int number) {
    return "10.244.0." + number;
  }

  static String v6(int number) {
    return "fd00:244::" + number;
  }

  static void write(Inputs inputs) throws IOException {
    StringBuilder cluster = new StringBuilder(Yaml.node(NODE, NODE_V4, NODE_V6));
    NAMESPACES.forEach(namespace -> cluster.append(Yaml.namespace(namespace)));
    inputs.put("cluster.yaml", cluster.toString());
    for (PodSpec pod : PODS) {
      inputs.put(file(pod), yaml(pod, pod.name()));
    }
    inputs.put(
        "policies.yaml",
        Yaml.policy("shop", "default-deny", "podSelector: {}, policyTypes: [Ingress]")
            + Yaml.admitToDatabase("db-for-web", "web")
            + Yaml.policy(
                "shop",
                "web-to-db",
                "podSelector: {matchLabels: {app: web}}, policyTypes: [Egress],"
                    + " egress: [{to: [{podSelector: {matchLabels: {app: db}}}]}]")
            + Yaml.policy("jail", "stay", "podSelector: {}, policyTypes: [Egress]"));
    inputs.put(GUEST_FILE, Yaml.admitToDatabase("db-for-guest", "guest"));
  }

  /** The name of a pod's file. */
  static String file(PodSpec pod) {
    return "pod-" + pod.namespace() + "-" + pod.name() + ".yaml";
  }

  /** A pod on the node as an object. */
  static String yaml(PodSpec pod, String app) {
    return Yaml.pod(
        pod.namespace(),
        pod.name(),
        app,
        NODE,
        pod.addresses().get(0).getHostAddress(),
        pod.addresses().get(1).getHostAddress());
  }

  /** Revokes what shop/guest may, and admits shop/late instead. */
  static void swapGuest(Inputs inputs) throws IOException {
    inputs.put(GUEST_FILE, Yaml.admitToDatabase("db-for-guest", "late"));
  }
}
