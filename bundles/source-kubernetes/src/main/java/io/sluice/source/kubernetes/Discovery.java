package io.sluice.source.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.api.resource.ResourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Finds where a kind is. Those that every server has are not asked for. */
final class Discovery {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Discovery() {}

  /**
   * Finds a kind.
   *
   * @return nothing if the server does not know it
   * @throws IOException if that can't be told
   */
  static Optional<Collection> find(Connection connection, ResourceKind kind)
      throws IOException, InterruptedException {
    if (kind.equals(ResourceKind.NAMESPACE)) {
      return Optional.of(new Collection(kind, "v1", "namespaces"));
    }
    if (kind.equals(ResourceKind.NODE)) {
      return Optional.of(new Collection(kind, "v1", "nodes"));
    }
    if (kind.equals(ResourceKind.POD)) {
      return Optional.of(new Collection(kind, "v1", "pods"));
    }
    if (kind.group().isEmpty()) {
      return find(connection, kind, "v1", "/api/v1");
    }
    for (String version : versions(connection, kind.group())) {
      Optional<Collection> found =
          find(connection, kind, version, "/apis/" + kind.group() + "/" + version);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The versions of a group, the server's preferred one first. */
  private static Set<String> versions(Connection connection, String group)
      throws IOException, InterruptedException {
    Set<String> versions = new LinkedHashSet<>();
    for (JsonNode found : read(connection, "/apis").path("groups")) {
      if (found.path("name").asText().equals(group)) {
        versions.add(found.path("preferredVersion").path("version").asText());
        found.path("versions").forEach(version -> versions.add(version.path("version").asText()));
      }
    }
    versions.remove("");
    return versions;
  }

  private static Optional<Collection> find(
      Connection connection, ResourceKind kind, String version, String path)
      throws IOException, InterruptedException {
    JsonNode resources;
    try {
      resources = read(connection, path).path("resources");
    } catch (Failure e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
    for (JsonNode resource : resources) {
      String name = resource.path("name").asText();
      if (resource.path("kind").asText().equals(kind.kind()) && !name.contains("/")) {
        return Optional.of(new Collection(kind, version, name));
      }
    }
    return Optional.empty();
  }

  private static JsonNode read(Connection connection, String path)
      throws IOException, InterruptedException {
    try (InputStream in = connection.get(path)) {
      return JSON.readTree(in);
    }
  }
}
