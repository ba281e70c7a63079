package io.sluice.manifests;

import io.sluice.api.resource.ResourceKey;

/** One line of a watch. */
public sealed interface ApiEvent {
  /**
   * An object exists and is now this.
   *
   * @param item the object
   * @param resourceVersion how far the watch has come
   */
  record Changed(ApiItem item, String resourceVersion) implements ApiEvent {}

  /**
   * An object exists no more.
   *
   * @param key the object
   * @param resourceVersion how far the watch has come
   */
  record Deleted(ResourceKey key, String resourceVersion) implements ApiEvent {}

  /**
   * Nothing has changed.
   *
   * @param resourceVersion how far the watch has come
   */
  record Bookmark(String resourceVersion) implements ApiEvent {}

  /**
   * The watch can't go on.
   *
   * @param code as an HTTP status; 410 means that the history does not reach back so far
   * @param message why
   */
  record Failed(int code, String message) implements ApiEvent {}
}
