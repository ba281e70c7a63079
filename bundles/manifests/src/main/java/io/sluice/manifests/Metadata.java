package io.sluice.manifests;

import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import java.time.Instant;
import java.util.Map;

/**
 * The part of an object that all kinds share (API type {@code ObjectMeta}).
 *
 * @param key what names the object; its name is empty if it has no valid one
 * @param uid its uid, or empty
 * @param labels its labels
 * @param created when it was made; the epoch if that is not said
 */
record Metadata(ResourceKey key, String uid, Map<String, String> labels, Instant created) {
  ResourceKind kind() {
    return key.kind();
  }

  String namespace() {
    return key.namespace();
  }

  String name() {
    return key.name();
  }
}
