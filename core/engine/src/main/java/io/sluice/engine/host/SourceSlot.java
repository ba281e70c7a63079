package io.sluice.engine.host;

import io.sluice.api.control.Component;
import io.sluice.api.source.EventSource;
import io.sluice.api.source.SourceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
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

  /** Whether it has delivered everything at least once since the start. */
  boolean delivered;

  /** Whether objects that it said in an earlier life came from a durable copy. */
  boolean inCopy;

  /** The ticker when it last had contact with its input, as far as it has told. */
  private OptionalLong contact = OptionalLong.empty();

  private static final SourceStatus CONNECTING =
      new SourceStatus(SourceStatus.State.CONNECTING, "has said nothing yet", List.of());

  SourceSlot(String name) {
    this.name = name;
  }

  /**
   * It says that it is so now.
   *
   * @param nanos the ticker
   */
  void says(SourceStatus now, long nanos) {
    if (inContact() || inContact(now)) {
      contact = OptionalLong.of(nanos);
    }
    status = now;
  }

  private boolean inContact() {
    return inContact(status);
  }

  private static boolean inContact(SourceStatus status) {
    return status.state() == SourceStatus.State.SYNCED
        || status.state() == SourceStatus.State.DEGRADED;
  }

  /**
   * Its numbers for the status.
   *
   * @param nanos the ticker
   */
  Map<String, Long> numbers(long nanos) {
    return contact.isEmpty()
        ? Map.of()
        : Map.of(
            Component.CONTACT_AGE,
            inContact() ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos - contact.getAsLong()));
  }

  boolean isBound() {
    return !bound.isEmpty();
  }

  /** Whether the engine holds what it says at this moment. */
  boolean inStep() {
    return isBound() && synced() && inContact();
  }

  /** Whether its session has delivered everything. */
  boolean synced() {
    return session != null && session.synced();
  }
}
