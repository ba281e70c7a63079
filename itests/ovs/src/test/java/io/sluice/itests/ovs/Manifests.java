package io.sluice.itests.ovs;

import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKind;
import io.sluice.kit.cluster.Cluster;
import io.sluice.manifests.Limits;
import io.sluice.manifests.Manifest;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Wanted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Clusters written down as YAML, in few words. */
final class Manifests {
  /** The node that the laboratory's switch belongs to. */
  static final String NODE = "node-a";

  private static final ManifestReader READER =
      new ManifestReader(
          Limits.DEFAULT, new Wanted(Set.of(ResourceKind.NETWORK_POLICY), /* workloads= */ false));

  private final StringBuilder text = new StringBuilder();

  /** The node with the given addresses. */
  Manifests node(String name, String v4, String v6) {
    text.append(
        """
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: %s}
        status: {addresses: [{type: InternalIP, address: "%s"}, {type: InternalIP, address: "%s"}]}
        """
            .formatted(name, v4, v6));
    return this;
  }

  Manifests namespace(String name) {
    text.append(
        """
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: %s}
        """
            .formatted(name));
    return this;
  }

  /** A pod on the laboratory's node, labelled with its name, with an address of each family. */
  Manifests pod(String namespace, String name, String v4, String v6) {
    text.append(
        """
        ---
        apiVersion: v1
        kind: Pod
        metadata: {namespace: %s, name: %s, uid: %s, labels: {name: %s}}
        spec: {nodeName: %s}
        status: {phase: Running, podIP: "%s", podIPs: [{ip: "%s"}, {ip: "%s"}]}
        """
            .formatted(namespace, name, "uid-" + name, name, NODE, v4, v4, v6));
    return this;
  }

  /** A policy. */
  Manifests policy(String namespace, String name, String spec) {
    text.append(
        """
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {namespace: %s, name: %s}
        spec:
        %s
        """
            .formatted(namespace, name, spec.indent(2)));
    return this;
  }

  /** The same up to here, to go on with. */
  Manifests copy() {
    Manifests copy = new Manifests();
    copy.text.append(text);
    return copy;
  }

  /** As it is written. */
  String text() {
    return text.toString();
  }

  Cluster cluster() throws IOException {
    List<Resource> resources = new ArrayList<>();
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    Manifest manifest = READER.read(new ByteArrayInputStream(bytes), "test");
    if (!manifest.problems().isEmpty()) {
      throw new IllegalArgumentException("bad manifest: " + manifest.problems() + "\n" + text);
    }
    resources.addAll(manifest.resources());
    return Cluster.of(resources);
  }
}
