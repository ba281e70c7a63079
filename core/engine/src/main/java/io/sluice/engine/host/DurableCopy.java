package io.sluice.engine.host;

import io.sluice.api.control.Component;
import io.sluice.api.resource.Problem;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.api.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What durable stores held when the agent started: the last known state, for as long as sources are
 * away. Its objects are put where their sources would have put them, under the names of these, so
 * that each source takes over what it said before as soon as it has delivered everything, and the
 * objects of one that is still away stay.
 */
final class DurableCopy {
  /** A store that has not answered for this long is as one that holds nothing. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Inbox inbox;
  private final SessionServer sessions;
  private final InstantSource clock;
  private final Loop loop;
  private final long started;
  private final Map<String, Instant> read = new TreeMap<>();
  private Duration after = Duration.ZERO;
  private boolean due;

  DurableCopy(Inbox inbox, SessionServer sessions, InstantSource clock, Loop loop) {
    this.inbox = inbox;
    this.sessions = sessions;
    this.clock = clock;
    this.loop = loop;
    started = loop.nanos();
  }

  /** How long after the start sources are waited for that have not said that contact is lost. */
  void after(Duration limit) {
    after = limit;
    loop.after(
        limit.minusNanos(Math.min(loop.nanos() - started, limit.toNanos())),
        () -> {
          if (!due && loop.nanos() - started >= after.toNanos()) {
            due = true;
            sessions.giveUpWaiting();
          }
        });
  }

  /**
   * Takes what a store held.
   *
   * @param kind the store's extension point: both are needed
   */
  void restore(String kind, StoreSnapshot snapshot) {
    if (!snapshot.complete() || read.containsKey(kind)) {
      return;
    }
    long now = loop.nanos();
    for (Stored stored : snapshot.resources()) {
      stored.sources().forEach(sessions::remember);
      inbox.restore(
          stored.resource(),
          stored.sources().stream()
              .filter(source -> !sessions.hasSpoken(source, stored.key()))
              .toList(),
          now);
    }
    read.put(kind, snapshot.asOf());
    if (due) {
      sessions.giveUpWaiting();
    }
  }

  /** Whether everything was there: pods alone would be without their policies. */
  boolean held() {
    return read.size() == Stores.KINDS.size();
  }

  /** Whether sources that are late are not waited for any more. */
  boolean due() {
    return due;
  }

  /** Whether the engine goes on from the copy, at least in part. */
  boolean inUse() {
    return held() && !sessions.allDelivered();
  }

  /** How old it is, and who is away; empty if it is not in use. */
  Optional<Problem> problem() {
    if (!inUse()) {
      return Optional.empty();
    }
    Instant asOf = asOf();
    List<SourceSlot> away = new ArrayList<>(sessions.slots());
    away.removeIf(slot -> slot.delivered);
    String names =
        away.stream()
            .map(slot -> "'" + slot.name + "' (" + slot.status.detail() + ")")
            .collect(Collectors.joining(", "));
    boolean gone = away.stream().anyMatch(slot -> !slot.isBound());
    return Optional.of(
        new Problem(
            "durable copy",
            "",
            "",
            "the last known state is used, "
                + age(asOf)
                + ", because these sources have not delivered since the start: "
                + names,
            "bring them back"
                + (gone
                    ? "; one that is gone for good: name it under 'forget' in io.sluice.engine.cfg"
                    : "")));
  }

  /** The same as a component, which is there while it is in use. */
  Optional<Component> component() {
    Instant asOf = asOf();
    Map<String, Long> numbers =
        asOf.equals(Instant.EPOCH)
            ? Map.of()
            : Map.of("ageMillis", Math.max(0, Duration.between(asOf, clock.instant()).toMillis()));
    return problem()
        .map(
            problem ->
                new Component(
                    Component.DURABLE_COPY, "inputs", "in-use", "", List.of(problem), numbers));
  }

  private Instant asOf() {
    return read.values().stream().min(Instant::compareTo).orElse(Instant.EPOCH);
  }

  private String age(Instant asOf) {
    if (asOf.equals(Instant.EPOCH)) {
      return "of unknown age";
    }
    Duration age = Duration.between(asOf, clock.instant());
    String text =
        age.isNegative()
            ? "from the future: see the clock"
            : age.toDays() > 0
                ? age.toDays() + " d " + age.toHoursPart() + " h old"
                : age.toHours() > 0
                    ? age.toHours() + " h " + age.toMinutesPart() + " min old"
                    : age.toMinutes() + " min " + age.toSecondsPart() + " s old";
    return "as of " + asOf.truncatedTo(ChronoUnit.SECONDS) + ", " + text;
  }
}
