package io.sluice.api.resource;

import java.util.Map;

/**
 * An object of a kind that a translator claims, as a tree.
 *
 * <p>The tree has the shapes of JSON: {@code Map<String, Object>} (in the order written), {@code
 * List<Object>}, {@code String}, {@code Long}, {@code Double}, {@code Boolean}. A JSON or YAML null
 * is a key with the value {@link #NULL}, so that {@code key: null} can be told from an absent key.
 *
 * @param key what names the object
 * @param version the version of the API that it was written in, for example {@code v1}
 * @param uid {@code metadata.uid}, or empty
 * @param content the whole object, {@code metadata} included; must not be changed by anyone
 * @param origin where it was read
 */
public record ClaimedResource(
    ResourceKey key, String version, String uid, Map<String, Object> content, String origin)
    implements Resource {
  /** Stands for null in {@link #content()}. */
  public static final Object NULL = Null.NULL;

  /** The type of {@link #NULL}: an enum, so that it survives copies and comparison. */
  private enum Null {
    NULL;

    @Override
    public String toString() {
      return "null";
    }
  }
}
