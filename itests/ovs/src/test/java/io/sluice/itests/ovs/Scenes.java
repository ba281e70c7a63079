package io.sluice.itests.ovs;

/** The small cluster that the hand-written proofs play in. */
final class Scenes {
  static final String NODE_V4 = "172.16.0.1";
  static final String NODE_V6 = "fd00:2::1";

  /** Isolates the pods it selects, both ways. */
  static final String DENY_ALL =
      """
      podSelector: {}
      policyTypes: [Ingress, Egress]
      """;

  private Scenes() {}

  /** A node and four pods, three of them in namespace shop, without policies. */
  static Manifests pods() {
    return new Manifests()
        .node(Manifests.NODE, NODE_V4, NODE_V6)
        .namespace("shop")
        .namespace("lan")
        .pod("shop", "web", "10.1.0.11", "fd00:1::11")
        .pod("shop", "db", "10.1.0.12", "fd00:1::12")
        .pod("shop", "friend", "10.1.0.13", "fd00:1::13")
        .pod("lan", "mallory", "10.1.0.66", "fd00:1::66");
  }

  /** Allows everything from one pod of shop to another, on both sides. */
  static Manifests allow(Manifests manifests, String from, String to) {
    return manifests
        .policy(
            "shop",
            "from-" + from,
            """
            podSelector: {matchLabels: {name: %s}}
            policyTypes: [Egress]
            egress:
            - to: [{podSelector: {matchLabels: {name: %s}}}]
            """
                .formatted(from, to))
        .policy(
            "shop",
            "to-" + to,
            """
            podSelector: {matchLabels: {name: %s}}
            policyTypes: [Ingress]
            ingress:
            - from: [{podSelector: {matchLabels: {name: %s}}}]
            """
                .formatted(to, from));
  }
}
