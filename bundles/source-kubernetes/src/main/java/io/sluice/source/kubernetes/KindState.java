package io.sluice.source.kubernetes;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.ResourceKind;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How one kind is followed, and what is known of it. Confined to the worker's thread. */
final class KindState {
  final ResourceKind kind;
  final Inventory inventory;
  @Nullable Reflector reflector;
  @Nullable Collection collection;

  /** Lists are counted, so that whoever wants one that begins from now on knows it. */
  long begun;

  /** The last list, or attempt at one, that has ended. */
  long ended;

  /** Whether the kind was listed completely on this connection. */
  boolean listed;

  /** Whether the server does not know the kind. */
  boolean absent;

  /** Why the last attempt failed. */
  @Nullable Failure failure;

  /** How far it has come. */
  String version = "";

  KindState(ResourceKind kind, Consumer<Change> listener) {
    this.kind = kind;
    inventory = new Inventory(listener);
  }

  /** Another connection: everything is to be asked for again; what is known stays. */
  void disconnect() {
    if (reflector != null) {
      reflector.stop();
    }
    reflector = null;
    listed = false;
    absent = false;
    failure = null;
    version = "";
  }

  /** Whether nothing more is to be waited for before the picture is complete. */
  boolean isComplete() {
    return listed || absent;
  }
}
