package io.sluice.engine.host;

import io.sluice.api.datapath.Coverage;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One attempt of a datapath to take over; {@link Succession} says what its steps are for. */
final class Takeover {
  /** What it asks, and how it ends. */
  interface Affairs {
    /** The local endpoints now. */
    Collection<LocalEndpoint> endpoints();

    /** The one that it takes over from, if it is there. */
    Optional<DatapathSlot> holder();

    /** Which of these the one that is gone must be taken to cover. */
    Set<EndpointId> lastCovered(Collection<LocalEndpoint> endpoints);

    /** Rules may be in the successor's switch from now on. */
    void fed();

    /** It can't take over. */
    void rejected(String reason);

    /** It can take over, now. */
    void succeeded();
  }

  private enum Step {
    COVERING,
    FEEDING,
    CHECKING,
    SETTLING,
    OVER
  }

  private static final Duration POLL = Duration.ofMillis(100);

  private final DatapathSlot successor;
  private final Affairs affairs;
  private final Coverages coverages;
  private final Loop loop;
  private final long began;
  private Duration limit;
  private Runnable cancelLimit = () -> {};
  private Runnable cancelPoll = () -> {};
  private Step step = Step.COVERING;
  private Set<EndpointId> claimed = Set.of();
  private Set<EndpointId> needed = Set.of();
  private long floor;
  private long goal;
  private @Nullable String lacks;

  Takeover(
      DatapathSlot successor, Affairs affairs, Coverages coverages, Duration limit, Loop loop) {
    this.successor = successor;
    this.affairs = affairs;
    this.coverages = coverages;
    this.limit = limit;
    this.loop = loop;
    began = loop.nanos();
  }

  DatapathSlot successor() {
    return successor;
  }

  void begin() {
    limit(limit);
    poll();
    compare();
  }

  /** How long all of it may take, from its beginning. */
  void limit(Duration next) {
    limit = next;
    cancelLimit.run();
    long passed = loop.nanos() - began;
    cancelLimit = loop.after(limit.minusNanos(passed), this::tooLate);
  }

  /** Nothing more comes of it. */
  void end() {
    step = Step.OVER;
    cancelLimit.run();
    cancelPoll.run();
  }

  /** The revisions begin anew: what was reached no longer counts. */
  void restart() {
    floor = 0;
    if (step == Step.SETTLING || step == Step.CHECKING) {
      feedOn();
    }
  }

  /**
   * What is in force at both. What was in force before the successor was given anything stays so:
   * its first snapshot contains it.
   *
   * @param here what is in force at the holder
   */
  long inForce(long here) {
    return step == Step.COVERING
        ? here
        : Math.max(floor, Math.min(here, successor.driver.inForce()));
  }

  private void poll() {
    cancelPoll =
        loop.after(
            POLL,
            () -> {
              if (step != Step.OVER) {
                look();
                poll();
              }
            });
  }

  /** Whether the next step can be taken. */
  void look() {
    if (step == Step.FEEDING && successor.driver.inForce() > 0 && unbound().isEmpty()) {
      step = Step.CHECKING;
      compare();
    } else if (step == Step.SETTLING && settled()) {
      affairs.succeeded();
    }
  }

  private boolean settled() {
    return successor.driver.inForce() >= goal
        && successor.status().state() == DatapathStatus.State.READY
        && unbound().isEmpty()
        && uncovered().isEmpty();
  }

  /** Asks the one it takes over from, then the successor. */
  private void compare() {
    Collection<LocalEndpoint> endpoints = affairs.endpoints();
    Step asking = step;
    Optional<DatapathSlot> holder = affairs.holder();
    if (holder.isPresent()) {
      coverages.ask(
          holder.get(),
          endpoints,
          limit.dividedBy(4),
          coverage -> compare(asking, endpoints, coverage.covered()),
          why -> compare(asking, endpoints, Coverages.lastKnown(holder.get(), endpoints)));
    } else {
      compare(asking, endpoints, affairs.lastCovered(endpoints));
    }
  }

  private void compare(Step asking, Collection<LocalEndpoint> endpoints, Set<EndpointId> old) {
    if (step != asking) {
      return;
    }
    needed = old;
    coverages.ask(
        successor,
        endpoints,
        limit.dividedBy(2),
        coverage -> compared(asking, endpoints, coverage),
        why -> {
          if (step == asking) {
            affairs.rejected("can't say whose traffic it sees: " + why);
          }
        });
  }

  private void compared(Step asking, Collection<LocalEndpoint> endpoints, Coverage coverage) {
    if (step != asking) {
      return;
    }
    claimed = coverage.covered();
    Set<EndpointId> missing = new HashSet<>(needed);
    missing.retainAll(Coverages.ids(endpoints));
    missing.removeAll(claimed);
    if (missing.isEmpty()) {
      lacks = null;
      next();
    } else {
      EndpointId first = missing.stream().sorted().findFirst().orElseThrow();
      lacks =
          "does not cover "
              + Coverages.text(missing)
              + Optional.ofNullable(coverage.uncovered().get(first))
                  .map(why -> " (" + why + ")")
                  .orElse("")
              + ", of "
              + endpoints.size()
              + " local endpoints";
      if (step == Step.COVERING) {
        affairs.rejected(lacks);
      } else {
        feedOn();
      }
    }
  }

  private void next() {
    if (step == Step.COVERING) {
      step = Step.FEEDING;
      floor = affairs.holder().map(holder -> holder.driver.inForce()).orElse(0L);
      successor.leftRules = false;
      successor.leftover = null;
      successor.driver.feed();
      affairs.fed();
    } else {
      step = Step.SETTLING;
      affairs.holder().ifPresent(holder -> holder.driver.withhold());
      goal = affairs.holder().map(holder -> holder.driver.handed()).orElse(0L);
      look();
    }
  }

  private void feedOn() {
    step = Step.FEEDING;
    affairs.holder().ifPresent(holder -> holder.driver.resume());
  }

  /** What it claims to cover and has not bound. */
  private Set<EndpointId> unbound() {
    Set<EndpointId> unbound = new HashSet<>(claimed);
    unbound.removeAll(successor.status().bindings().keySet());
    if (!unbound.isEmpty()) {
      unbound.retainAll(Coverages.ids(affairs.endpoints()));
    }
    return unbound;
  }

  /** What has come meanwhile, is bound where it takes over, and not bound here. */
  private Set<EndpointId> uncovered() {
    Set<EndpointId> uncovered =
        affairs
            .holder()
            .map(holder -> new HashSet<>(holder.status().bindings().keySet()))
            .orElseGet(HashSet::new);
    uncovered.removeAll(successor.status().bindings().keySet());
    if (!uncovered.isEmpty()) {
      uncovered.retainAll(Coverages.ids(affairs.endpoints()));
    }
    return uncovered;
  }

  private void tooLate() {
    String within = " within " + limit.toSeconds() + " s";
    String failure = successor.driver.failure().map(why -> ": " + why).orElse("");
    affairs.rejected(
        switch (step) {
          case COVERING -> "did not say" + within + " whose traffic it sees";
          case FEEDING -> whyNotThere(within, failure);
          case CHECKING, SETTLING, OVER ->
              "had not in force" + within + " what the other has" + failure;
        });
  }

  private String whyNotThere(String within, String failure) {
    if (successor.driver.acknowledged() == 0) {
      return "took no snapshot" + within + failure;
    }
    if (successor.driver.inForce() == 0) {
      return "took a snapshot and did not confirm it" + within + failure;
    }
    if (lacks != null) {
      return lacks;
    }
    return "claims to cover "
        + Coverages.text(unbound())
        + " and shows no binding of it"
        + within
        + failure;
  }
}
