package io.sluice.engine.core;

import io.sluice.api.datapath.EndpointId;
import java.util.function.Consumer;

/** The local endpoints among the members. */
final class SubjectSet extends ExportedSet<EndpointId> {
  SubjectSet(SetKey key, int number, Pending pending) {
    super(key, number, pending);
  }

  @Override
  void each(Slot slot, Consumer<EndpointId> consumer) {
    if (slot.local) {
      consumer.accept(EndpointId.of(slot.endpoint));
    }
  }
}
