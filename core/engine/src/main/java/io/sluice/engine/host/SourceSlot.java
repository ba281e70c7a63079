package io.sluice.engine.host;

import io.sluice.api.source.EventSource;
import io.sluice.api.source.SourceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source by its name. Its objects belong to the name, so that an updated bundle takes over what
 * the one before it said.
 */
final class SourceSlot {
  final String name;

  /** The services of this name; the last one bound speaks. */
  final List<EventSource> bound = new ArrayList<>();

  /** Pauses before a session that broke is opened again. */
  final Backoff pauses = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(10));

  SourceStatus status = CONNECTING;
  @Nullable Session session;

  private static final SourceStatus CONNECTING =
      new SourceStatus(SourceStatus.State.CONNECTING, "has said nothing yet", List.of());

  SourceSlot(String name) {
    this.name = name;
  }

  boolean isBound() {
    return !bound.isEmpty();
  }

  /** Whether its session has delivered everything. */
  boolean synced() {
    return session != null && session.synced();
  }
}
