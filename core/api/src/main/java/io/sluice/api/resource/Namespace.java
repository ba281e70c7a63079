package io.sluice.api.resource;

import java.util.Map;

/**
 * A namespace.
 *
 * @param name {@code metadata.name}
 * @param labels {@code metadata.labels}; always holds {@code kubernetes.io/metadata.name}
 * @param origin where it was read
 */
public record Namespace(String name, Map<String, String> labels, String origin)
    implements Resource {
  /** The label that the API server sets on every namespace, with the namespace's name. */
  public static final String NAME_LABEL = "kubernetes.io/metadata.name";

  /** Copies the labels. */
  public Namespace {
    labels = Map.copyOf(labels);
    if (!name.equals(labels.get(NAME_LABEL))) {
      throw new IllegalArgumentException(
          "namespace " + name + ": label " + NAME_LABEL + " must be present and equal its name");
    }
  }

  @Override
  public ResourceKey key() {
    return key(name);
  }

  /** The key of the namespace with this name. */
  public static ResourceKey key(String name) {
    return new ResourceKey(ResourceKind.NAMESPACE, "", name);
  }
}
