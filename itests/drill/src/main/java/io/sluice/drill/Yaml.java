package io.sluice.drill;

/** Objects as text, in few words. */
final class Yaml {
  private Yaml() {}

  static String node(String name, String v4, String v6) {
    return """
    ---
    apiVersion: v1
    kind: Node
    metadata: {name: %s}
    status: {addresses: [{type: InternalIP, address: "%s"}, {type: InternalIP, address: "%s"}]}
    """
        .formatted(name, v4, v6);
  }

  static String namespace(String name) {
    return """
    ---
    apiVersion: v1
    kind: Namespace
    metadata: {name: %s}
    """
        .formatted(name);
  }

  /** A pod with one label, {@code app}. */
  static String pod(String namespace, String name, String app, String node, String v4, String v6) {
    return """
    ---
    apiVersion: v1
    kind: Pod
    metadata: {namespace: %s, name: %s, labels: {app: %s}}
    spec: {nodeName: %s}
    status: {phase: Running, podIP: "%s", podIPs: [{ip: "%s"}, {ip: "%s"}]}
    """
        .formatted(namespace, name, app, node, v4, v4, v6);
  }

  /** A policy; its spec in flow style, without the outer braces. */
  static String policy(String namespace, String name, String spec) {
    return """
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {namespace: %s, name: %s}
    spec: {%s}
    """
        .formatted(namespace, name, spec);
  }

  /** Admits pods of namespace shop to the database, on the ports of probes and of streams. */
  static String admitToDatabase(String name, String app) {
    return policy(
        "shop",
        name,
        "podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app:"
            + " "
            + app
            + "}}}], ports: [{port: 80}, {port: 80, protocol: UDP}, {port: 7000, endPort: 7099},"
            + " {port: 7000, endPort: 7099, protocol: UDP}]}]");
  }
}
