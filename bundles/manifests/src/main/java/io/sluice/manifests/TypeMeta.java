package io.sluice.manifests;

import io.sluice.api.resource.ResourceKind;

/**
 * What kind of object this is (API type {@code TypeMeta}).
 *
 * @param apiVersion as written
 * @param version its part after the group
 * @param kind group and kind
 */
record TypeMeta(String apiVersion, String version, ResourceKind kind) {
  static TypeMeta read(Fields object, Findings findings) {
    String apiVersion = object.text("apiVersion");
    String kind = object.text("kind");
    findings.name(Fields.shorten(kind));
    if (findings.isEmpty() && kind.isEmpty()) {
      findings.add("kind", "is missing", "write what this is, for example 'kind: NetworkPolicy'");
    }
    if (findings.isEmpty() && apiVersion.isEmpty()) {
      findings.add(
          "apiVersion",
          "is missing",
          "write the version of the API, for example 'apiVersion: networking.k8s.io/v1'");
    }
    int slash = apiVersion.indexOf('/');
    boolean empty = slash == 0 || (slash > 0 && slash == apiVersion.length() - 1);
    if (empty || slash != apiVersion.lastIndexOf('/')) {
      findings.add(
          "apiVersion",
          "'" + Fields.shorten(apiVersion) + "' is not <group>/<version>",
          "write it as in 'networking.k8s.io/v1', or 'v1' for Pod, Namespace and Node");
    }
    return new TypeMeta(
        apiVersion,
        apiVersion.substring(slash + 1),
        new ResourceKind(slash < 0 ? "" : apiVersion.substring(0, slash), kind));
  }

  /** Reports any other version. */
  void requireVersion(String known, Fields object) {
    if (!version.equals(known)) {
      object.wrong(
          "apiVersion",
          "there is no " + kind.kind() + " in '" + Fields.shorten(apiVersion) + "'",
          "write " + (kind.group().isEmpty() ? known : kind.group() + "/" + known));
    }
  }
}
