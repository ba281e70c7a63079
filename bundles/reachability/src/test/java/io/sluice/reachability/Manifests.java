package io.sluice.reachability;

/** Writes manifests, in tests. */
final class Manifests {
  private Manifests() {}

  static String namespace(String name, String labels) {
    return """
    ---
    apiVersion: v1
    kind: Namespace
    metadata: {name: %s, labels: {%s}}
    """
        .formatted(name, labels);
  }

  /** A running pod of node n1 (192.0.2.1), with a port {@code http}. */
  static String pod(String namespace, String name, String labels, int http, String... ips) {
    StringBuilder list = new StringBuilder();
    for (String ip : ips) {
      list.append("{ip: '").append(ip).append("'},");
    }
    return """
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: %s, labels: {%s}}
    spec: {nodeName: n1, containers: [{name: c, ports: [{name: http, containerPort: %d}]}]}
    status: {phase: Running, hostIP: 192.0.2.1, podIPs: [%s]}
    """
        .formatted(name, namespace, labels, http, list);
  }

  static String policy(String namespace, String name, String spec) {
    return """
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: %s, namespace: %s}
    spec: %s
    """
        .formatted(name, namespace, spec);
  }
}
