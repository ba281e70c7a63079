package io.sluice.source.kubernetes;

import io.sluice.api.resource.Namespace;
import java.util.Map;
import java.util.stream.Collectors;

/** Manifests of a test. */
final class Manifests {
  private Manifests() {}

  static String namespace(String name) {
    return namespace(new Namespace(name, Map.of(Namespace.NAME_LABEL, name), ""));
  }

  static String namespace(Namespace namespace) {
    String labels =
        namespace.labels().entrySet().stream()
            .map(label -> "\"" + label.getKey() + "\": \"" + label.getValue() + "\"")
            .collect(Collectors.joining(", "));
    return """
    apiVersion: v1
    kind: Namespace
    metadata: {name: "%s", labels: {%s}}
    ---
    """
        .formatted(namespace.name(), labels);
  }

  static String pod(String namespace, String name, String address) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: "%s", namespace: "%s", labels: {app: web}}
    spec: {nodeName: node-1, containers: [{name: main, image: example.com/main}]}
    status: {phase: Running, podIP: "%3$s", podIPs: [{ip: "%3$s"}]}
    ---
    """
        .formatted(name, namespace, address);
  }

  static String policy(String namespace, String name) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: "%s", namespace: "%s"}
    spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
    ---
    """
        .formatted(name, namespace);
  }
}
