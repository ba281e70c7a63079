package io.sluice.translator.networkpolicy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Checks API type {@code ObjectMeta}, as far as its author writes it. */
final class Metadata {
  /** Annotations, keys and values together: 256 KiB. */
  private static final long MOST_ANNOTATIONS = 256L << 10;

  private static final KnownFields METADATA =
      KnownFields.of(
          "name",
          "generateName",
          "namespace",
          "labels",
          "annotations",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "finalizers",
          "ownerReferences",
          "managedFields",
          "selfLink");

  private Metadata() {}

  /**
   * Reports what is wrong.
   *
   * @param field the object's metadata
   * @param name the name that it goes by
   * @param namespace the namespace that it goes by
   */
  static void check(Field field, String name, String namespace) {
    Fields metadata = field.object(METADATA);
    Syntax.SUBDOMAIN.check(metadata.get("name"), name);
    Syntax.DNS_LABEL.check(metadata.get("namespace"), namespace);
    same(metadata.get("name"), name);
    same(metadata.get("namespace"), namespace);
    for (Map.Entry<String, Field> label : metadata.get("labels").entries().all()) {
      Syntax.QUALIFIED_NAME.check(label.getValue(), label.getKey());
      label.getValue().text().ifPresent(text -> Syntax.LABEL_VALUE.check(label.getValue(), text));
    }
    annotations(metadata.get("annotations"));
  }

  private static void same(Field field, String expected) {
    if (field.given() && field.text().filter(text -> !text.equals(expected)).isPresent()) {
      field.problem(
          field.shown() + " is not what the object goes by: " + Shown.quoted(expected),
          "write the same name in both places");
    }
  }

  private static void annotations(Field field) {
    long size = 0;
    for (Map.Entry<String, Field> entry : field.entries().all()) {
      // Unlike labels, annotations are compared without regard to case.
      Syntax.QUALIFIED_NAME.check(entry.getValue(), entry.getKey().toLowerCase(Locale.ROOT));
      size += bytes(entry.getKey()) + bytes(entry.getValue().text().orElse(""));
    }
    if (size > MOST_ANNOTATIONS) {
      field.problem("annotations of " + size + " bytes", "keep them within " + MOST_ANNOTATIONS);
    }
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
