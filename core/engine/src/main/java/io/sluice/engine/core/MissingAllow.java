package io.sluice.engine.core;

import io.sluice.api.control.Service;
import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Direction;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The narrowest rule of a NetworkPolicy that allows what isolation denied, as one line of YAML in
 * flow style, which can be pasted below the {@code spec} of one of the isolating policies.
 */
final class MissingAllow {
  /** Labels that controllers give to single pods: a rule that names them fits no later pod. */
  private static final Set<String> PASSING =
      Set.of(
          "pod-template-hash",
          "pod-template-generation",
          "controller-revision-hash",
          "controller-uid",
          "batch.kubernetes.io/controller-uid",
          "job-name",
          "batch.kubernetes.io/job-name",
          "batch.kubernetes.io/job-completion-index",
          "statefulset.kubernetes.io/pod-name",
          "apps.kubernetes.io/pod-index");

  /** What YAML takes for a string without quotes; words that it takes for something else follow. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9._/-]*");

  private static final Set<String> WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

  private MissingAllow() {}

  /**
   * The rule; empty where no rule could name the other end.
   *
   * @param namespace the namespace of the isolating policies
   */
  static String of(String namespace, Direction direction, End other, Service service) {
    Optional<String> peer =
        other.peer != null
            ? Optional.of(pod(namespace, other.peer.endpoint))
            : Optional.ofNullable(other.address).map(MissingAllow::block);
    boolean ingress = direction == Direction.INGRESS;
    return peer.map(
            text ->
                (ingress ? "ingress" : "egress")
                    + ": [{"
                    + (ingress ? "from" : "to")
                    + ": [{"
                    + text
                    + "}]"
                    + ports(service)
                    + "}]")
        .orElse("");
  }

  private static String pod(String namespace, Endpoint endpoint) {
    Map<String, String> labels = new TreeMap<>(endpoint.labels());
    labels.keySet().removeAll(PASSING);
    String pods = "podSelector: " + selector(labels);
    return endpoint.namespace().equals(namespace)
        ? pods
        : "namespaceSelector: "
            + selector(Map.of(Namespace.NAME_LABEL, endpoint.namespace()))
            + ", "
            + pods;
  }

  private static String selector(Map<String, String> labels) {
    return labels.isEmpty()
        ? "{}"
        : labels.entrySet().stream()
            .map(label -> scalar(label.getKey()) + ": " + scalar(label.getValue()))
            .collect(Collectors.joining(", ", "{matchLabels: {", "}}"));
  }

  private static String scalar(String text) {
    boolean plain = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase());
    return plain ? text : '"' + text + '"';
  }

  private static String block(IpAddress address) {
    return "ipBlock: {cidr: \""
        + address
        + (address.family() == Family.IPV4 ? "/32" : "/128")
        + "\"}";
  }

  /** Without ports for a protocol that a port can't name: a rule without ports allows it. */
  private static String ports(Service service) {
    return Protocol.numbered(service.protocol())
        .map(known -> ", ports: [{protocol: " + known + ", port: " + service.port() + "}]")
        .orElse("");
  }
}
