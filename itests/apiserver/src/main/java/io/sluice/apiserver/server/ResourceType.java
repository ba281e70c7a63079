package io.sluice.apiserver.server;

/**
 * A type that the server serves.
 *
 * @param group the API group, empty for the core group
 * @param version the version
 * @param plural its name in paths
 * @param kind the kind of its objects
 * @param namespaced whether its objects live in namespaces
 */
record ResourceType(String group, String version, String plural, String kind, boolean namespaced) {
  /** {@code group/version}, or {@code v1}. */
  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** What its paths begin with. */
  String root() {
    return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
  }

  /** The path of an object, or of a collection if the name is empty. */
  String path(String namespace, String name) {
    String collection =
        namespace.isEmpty()
            ? root() + "/" + plural
            : root() + "/namespaces/" + namespace + "/" + plural;
    return name.isEmpty() ? collection : collection + "/" + name;
  }

  /** Reads {@code group/version/plural/Kind/namespaced|cluster}. */
  static ResourceType parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 5) {
      throw new IllegalArgumentException(
          "'" + text + "' is not group/version/plural/Kind/namespaced|cluster");
    }
    return new ResourceType(parts[0], parts[1], parts[2], parts[3], parts[4].equals("namespaced"));
  }
}
