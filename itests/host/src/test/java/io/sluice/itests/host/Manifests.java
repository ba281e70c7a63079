package io.sluice.itests.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A directory of manifests that an agent follows. */
final class Manifests {
  final Path directory;

  Manifests(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /** Writes a file under another name and renames it, so that no half of it is read. */
  Manifests put(String file, String text) throws IOException {
    Path next = directory.resolve("." + file + ".tmp");
    Files.writeString(next, text);
    Files.move(
        next,
        directory.resolve(file),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    return this;
  }

  static String namespace(String name) {
    return """
    apiVersion: v1
    kind: Namespace
    metadata:
      name: %s
    ---
    """
        .formatted(name);
  }

  static String pod(String namespace, String name, String node, String address) {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      name: %2$s
      namespace: %1$s
      labels:
        app: %2$s
    spec:
      nodeName: %3$s
      containers:
        - name: main
          image: example.com/main
    status:
      phase: Running
      podIP: %4$s
      podIPs:
        - ip: %4$s
    ---
    """
        .formatted(namespace, name, node, address);
  }

  /** Isolates every pod of the namespace; with a peer, what it may be reached from on 80/TCP. */
  static String policy(String namespace, String name, String peerApp) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: %2$s
      namespace: %1$s
    spec:
      podSelector: {}
      policyTypes: [Ingress]
      ingress:
        - from:
            - podSelector:
                matchLabels:
                  app: %3$s
          ports:
            - port: 80
              protocol: TCP
    """
        .formatted(namespace, name, peerApp);
  }
}
