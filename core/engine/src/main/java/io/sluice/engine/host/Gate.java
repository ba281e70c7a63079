package io.sluice.engine.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Keeps enforcing datapaths as they are until everything is known: until every bound source has
 * delivered everything (with the kinds of all dialects), there is a source and a dialect at all,
 * and the host's own addresses were looked up. Once open it stays open. With a grace, sources that
 * are late are not waited for beyond it, counted from the moment at which the first one was
 * complete.
 */
final class Gate {
  private final Supplier<? extends Iterable<SourceSlot>> sources;
  private final Translators translators;
  private final BooleanSupplier ownAddressesKnown;
  private final Loop loop;
  private final Runnable opened;
  private Duration grace = Duration.ZERO;
  private boolean open;
  private boolean graceRuns;
  private boolean graceOver;

  Gate(
      Supplier<? extends Iterable<SourceSlot>> sources,
      Translators translators,
      BooleanSupplier ownAddressesKnown,
      Loop loop,
      Runnable opened) {
    this.sources = sources;
    this.translators = translators;
    this.ownAddressesKnown = ownAddressesKnown;
    this.loop = loop;
    this.opened = opened;
  }

  /** How long to wait for late sources; zero: without limit. */
  void grace(Duration limit) {
    grace = limit;
  }

  boolean open() {
    return open;
  }

  /** Looks whether it can open now. */
  void look() {
    if (!open && blockers().isEmpty()) {
      open = true;
      opened.run();
    }
    if (!open && !graceRuns && !grace.isZero() && synced() > 0) {
      graceRuns = true;
      loop.after(
          grace,
          () -> {
            graceOver = true;
            look();
          });
    }
  }

  private int synced() {
    int synced = 0;
    for (SourceSlot slot : sources.get()) {
      synced += slot.isBound() && slot.synced() ? 1 : 0;
    }
    return synced;
  }

  /** What keeps it closed, or would, for people. */
  List<String> blockers() {
    List<String> blockers = new ArrayList<>();
    int bound = 0;
    for (SourceSlot slot : sources.get()) {
      if (slot.isBound()) {
        bound++;
        if (!slot.synced() && !graceOver) {
          blockers.add(
              "source '"
                  + slot.name
                  + "' has not delivered everything ("
                  + slot.status.state()
                  + ": "
                  + slot.status.detail()
                  + ")");
        }
      }
    }
    if (bound == 0) {
      blockers.add("no source is bound");
    }
    if (translators.isEmpty()) {
      blockers.add("no translator is bound");
    }
    if (!ownAddressesKnown.getAsBoolean()) {
      blockers.add("the host's own addresses are being looked up");
    }
    return blockers;
  }

  /** Why it is closed; empty if it is open. */
  Optional<String> whyClosed() {
    return open ? Optional.empty() : Optional.of(String.join("; ", blockers()));
  }
}
