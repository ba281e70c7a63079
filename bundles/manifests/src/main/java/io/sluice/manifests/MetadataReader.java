package io.sluice.manifests;

import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads and checks {@code metadata}. */
final class MetadataReader {
  private static final String DEFAULT_NAMESPACE = "default";
  private static final int ANNOTATION_BYTES = 256 << 10;

  private static final Set<String> KNOWN =
      Set.of(
          "annotations",
          "clusterName",
          "creationTimestamp",
          "deletionGracePeriodSeconds",
          "deletionTimestamp",
          "finalizers",
          "generateName",
          "generation",
          "labels",
          "managedFields",
          "name",
          "namespace",
          "ownerReferences",
          "resourceVersion",
          "selfLink",
          "uid");

  private MetadataReader() {}

  /** Reads the metadata of an object; problems name the object as far as it is known. */
  static Metadata read(ResourceKind kind, Fields object, Findings findings) {
    Fields metadata = object.map("metadata");
    String name = metadata.text("name");
    String namespace = namespace(kind, metadata);
    ResourceKey key = new ResourceKey(kind, namespace, name);
    findings.name(key.toString());
    boolean named = checkName(kind, metadata, name);
    checkNamespace(kind, metadata, namespace);
    metadata.only(KNOWN);
    Map<String, String> labels = labels(metadata);
    checkAnnotations(metadata);
    Instant created = metadata.time("creationTimestamp");
    return new Metadata(
        named ? key : new ResourceKey(kind, namespace, ""),
        metadata.text("uid"),
        labels,
        created == null ? Instant.EPOCH : created);
  }

  /** Reads and checks {@code labels}. */
  static Map<String, String> labels(Fields metadata) {
    return strings(metadata, "labels", true);
  }

  private static String namespace(ResourceKind kind, Fields metadata) {
    String namespace = metadata.text("namespace");
    return namespace.isEmpty() && Scope.of(kind) == Scope.NAMESPACED
        ? DEFAULT_NAMESPACE
        : namespace;
  }

  private static boolean checkName(ResourceKind kind, Fields metadata, String name) {
    if (name.isEmpty()) {
      metadata.wrong(
          "name",
          metadata.has("generateName") ? "is missing; generateName names nothing" : "is missing",
          "give the object a name");
      return false;
    }
    String wrong = kind.equals(ResourceKind.NAMESPACE) ? Names.label(name) : Names.subdomain(name);
    if (wrong == null) {
      return true;
    }
    metadata.wrong(
        "name",
        "'" + Fields.shorten(name) + "' " + wrong,
        "rename it, for example to " + suggestion(name));
    return false;
  }

  private static void checkNamespace(ResourceKind kind, Fields metadata, String namespace) {
    if (Scope.of(kind) == Scope.CLUSTER) {
      if (!namespace.isEmpty()) {
        metadata.wrong(
            "namespace", "a " + kind.kind() + " lives in no namespace", "leave the field out");
      }
      return;
    }
    String wrong = Names.label(namespace);
    if (wrong != null) {
      metadata.wrong(
          "namespace",
          "'" + Fields.shorten(namespace) + "' " + wrong,
          "write the name of a namespace");
    }
  }

  private static void checkAnnotations(Fields metadata) {
    long bytes = 0;
    for (Map.Entry<String, String> entry : strings(metadata, "annotations", false).entrySet()) {
      bytes += entry.getKey().getBytes(StandardCharsets.UTF_8).length;
      bytes += entry.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > ANNOTATION_BYTES) {
      metadata.wrong(
          "annotations",
          "keys and values have " + bytes + " bytes",
          "keep them within " + ANNOTATION_BYTES + " bytes");
    }
  }

  /** A mapping of qualified names to strings; a null value is an empty string, as in the API. */
  private static Map<String, String> strings(Fields metadata, String field, boolean labels) {
    Map<String, Object> tree = metadata.tree(field);
    if (tree.isEmpty()) {
      return Map.of();
    }
    Map<String, String> strings = HashMap.newHashMap(tree.size());
    tree.forEach(
        (key, value) -> {
          String place = field + "[" + Fields.shorten(key) + "]";
          String wrongKey = Names.qualified(labels ? key : key.toLowerCase(Locale.ROOT));
          if (wrongKey != null) {
            metadata.wrong(place, wrongKey, "rename the key");
          }
          if (value != ClaimedResource.NULL && !(value instanceof String)) {
            metadata.wrong(
                place, "must be a string, is " + Fields.describe(value), "put the value in quotes");
            return;
          }
          String text = value instanceof String string ? string : "";
          String wrong = labels ? Names.labelValue(text) : null;
          if (wrong != null) {
            metadata.wrong(
                place,
                "'" + Fields.shorten(text) + "': " + wrong,
                "change the value, or make it an annotation");
          }
          strings.put(key, text);
        });
    return strings;
  }

  /** A valid name near this one. */
  private static String suggestion(String name) {
    StringBuilder better = new StringBuilder();
    for (int i = 0; i < name.length() && better.length() < 63; i++) {
      char c = Character.toLowerCase(name.charAt(i));
      boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (plain) {
        better.append(c);
      } else if (!better.isEmpty() && better.charAt(better.length() - 1) != '-') {
        better.append('-');
      }
    }
    while (!better.isEmpty() && better.charAt(better.length() - 1) == '-') {
      better.setLength(better.length() - 1);
    }
    return better.isEmpty() ? "web" : better.toString();
  }
}
