package io.sluice.engine.host;

import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.SourceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Keeps enforcing datapaths as they are until everything is known: until every bound source has
 * delivered everything (with the kinds of all dialects), there is a source and a dialect at all,
 * and the host's own addresses were looked up. Once open it stays open. With a grace, sources that
 * are late are not waited for beyond it, counted from the moment at which the first one was
 * complete.
 *
 * <p>With the last known state from a {@link DurableCopy}, sources that have lost contact are not
 * waited for, nor are others for long. They are waited for a while because the copy is written
 * behind: it may lack the last moment of what is in the switch.
 */
final class Gate {
  /**
   * What the gate knows of the durable copy.
   *
   * @param reading whether a store has not answered yet; waited for, because the copy holds the
   *     last good version of what a source may say in a broken one
   * @param held whether all of the last known state is held
   * @param due whether late sources are not waited for any more
   * @param untranslated kinds of policies that were in force before, and that nobody translates
   */
  record Copy(
      BooleanSupplier reading,
      BooleanSupplier held,
      BooleanSupplier due,
      Supplier<Set<ResourceKind>> untranslated) {}

  private final Supplier<? extends Iterable<SourceSlot>> sources;
  private final Translators translators;
  private final BooleanSupplier ownAddressesKnown;
  private final Copy copy;
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
      Copy copy,
      Loop loop,
      Runnable opened) {
    this.sources = sources;
    this.translators = translators;
    this.ownAddressesKnown = ownAddressesKnown;
    this.copy = copy;
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

  private boolean mayBeAway(SourceSlot slot) {
    return copy.held().getAsBoolean()
        && (copy.due().getAsBoolean() || slot.status.state() == SourceStatus.State.LOST);
  }

  /** What keeps it closed, or would, for people. */
  List<String> blockers() {
    List<String> blockers = new ArrayList<>();
    int bound = 0;
    for (SourceSlot slot : sources.get()) {
      bound += slot.isBound() ? 1 : 0;
      if (slot.isBound() || slot.inCopy) {
        if (!slot.synced() && !graceOver && !mayBeAway(slot)) {
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
    if (copy.reading().getAsBoolean()) {
      blockers.add("the durable copy is being read");
    }
    for (ResourceKind kind : copy.untranslated().get()) {
      blockers.add(
          "policies of kind "
              + kind
              + " were in force before, and no bound translator claims it (start its bundle again;"
              + " if it is gone for good, name the kind under 'forget' in io.sluice.engine.cfg)");
    }
    if (bound == 0 && !(copy.held().getAsBoolean() && copy.due().getAsBoolean())) {
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
