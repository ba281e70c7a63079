package io.sluice.itests.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Manifests of these tests. */
final class Texts {
  /** Two pods of this node; the one that is called db can be reached by nobody but admin. */
  static final String SHOP =
      namespace("shop") + pod("shop", "web", "10.0.0.1") + pod("shop", "db", "10.0.0.2");

  static final String CLOSED =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: closed, namespace: shop}
      spec:
        podSelector: {matchLabels: {app: db}}
        ingress: [{from: [{podSelector: {matchLabels: {app: admin}}}]}]
      """;

  static final String QUARANTINE =
      """
      apiVersion: examples.sluice.io/v1
      kind: Quarantine
      metadata: {name: suspicious, namespace: shop}
      spec: {podSelector: {matchLabels: {app: web}}, reason: mines coins}
      """;

  private Texts() {}

  static String namespace(String name) {
    return "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + name + "}\n---\n";
  }

  static String pod(String namespace, String name, String address) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %2$s, namespace: %1$s, labels: {app: %2$s}}
    spec: {nodeName: node-1, containers: [{name: main, image: example.com/main}]}
    status: {phase: Running, podIP: %3$s, podIPs: [{ip: %3$s}]}
    ---
    """
        .formatted(namespace, name, address);
  }

  /** Writes a file under another name and renames it, so that no half of it is read. */
  static void write(Path directory, String file, String text) throws IOException {
    Path next = directory.resolve("." + file);
    Files.writeString(next, text);
    Files.move(
        next,
        directory.resolve(file),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
