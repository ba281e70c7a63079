package io.sluice.source.kubernetes;

import io.sluice.api.resource.ResourceKind;

/**
 * Where a kind is found.
 *
 * @param kind the kind
 * @param version its version, for example {@code v1}
 * @param plural its name in paths
 */
record Collection(ResourceKind kind, String version, String plural) {
  /** The path of all objects of the kind. */
  String path() {
    return (kind.group().isEmpty() ? "/api/" : "/apis/" + kind.group() + "/")
        + version
        + "/"
        + plural;
  }

  /** The rule of a ClusterRole that is needed to follow the kind. */
  String rule() {
    return "{apiGroups: [\""
        + kind.group()
        + "\"], resources: [\""
        + plural
        + "\"], verbs: [\"list\", \"watch\"]}";
  }
}
