package io.sluice.datapath.ovs;

import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Update;
import io.sluice.api.resource.Problem;
import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.FlowKey;
import io.sluice.datapath.ovs.openflow.FlowMod;
import io.sluice.datapath.ovs.openflow.OpenFlowConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Brings a bridge to the flows that the {@link Compiler} wants: by what changed while it is known
 * what the bridge holds, and by comparison with all of it when it is not (at first, after contact
 * was lost, after a snapshot, when others have changed flows, when the configuration has changed).
 * One bundle is under way at a time. Confined to the executor's thread.
 */
final class Programmer {
  private static final System.Logger LOG = System.getLogger(Programmer.class.getName());
  private static final long AGAIN_MILLIS = 1_000;

  /** What it needs to know of the bridge; called on the executor's thread. */
  interface Place {
    /** The ports, under these settings. */
    SwitchPorts ports(Settings settings);

    /** What the bridge lacks for other settings. */
    Optional<Problem> lacking(Settings candidate);

    /** Completes when the switch has no decision of older flows left. */
    CompletionStage<Void> revalidated();

    /** Status is different. */
    void changed();
  }

  private final DatapathThread executor;
  private final Place place;
  private final Aim aim;
  private final Outstanding pending = new Outstanding();
  private final Set<Integer> staleZones = new TreeSet<>();
  private final Set<Integer> leftTables = new TreeSet<>();
  private @Nullable Compiler compiler;
  private Optional<PipelineOptions> compiled = Optional.empty();
  private @Nullable OpenFlowConnection connection;
  private SwitchPorts ports = SwitchPorts.NONE;
  private Optional<Problem> refusal = Optional.empty();
  private Set<FlowKey> entrances = Set.of();
  private boolean allowed;
  private boolean known;
  private boolean busy;
  private boolean rejected;
  private boolean retried;
  private boolean tidying;
  private boolean blind;
  private long moves;
  private long acknowledged;
  private long bundles;
  private long changes;

  Programmer(Settings settings, DatapathThread executor, Place place) {
    this.aim = new Aim(settings);
    this.executor = executor;
    this.place = place;
  }

  /** Moves to a snapshot. */
  CompletionStage<Void> snapshot(Snapshot snapshot) {
    if (compiler == null) {
      aim.begin();
    }
    ports = place.ports(aim.aimed());
    PipelineOptions options = compiled.orElse(aim.options());
    try {
      compiler = Compiler.of(options, snapshot, ports);
      compiled = Optional.of(options);
    } catch (Priorities.Exhausted e) {
      return CompletableFuture.failedStage(e);
    }
    known = false;
    rejected = false;
    return await(snapshot.revision());
  }

  /** Moves to the next revision. */
  CompletionStage<Void> apply(Update update) {
    Compiler current = compiler;
    if (current == null || rejected) {
      return CompletableFuture.failedStage(new StaleRevisionException(update.base(), 0));
    }
    try {
      current.apply(update);
    } catch (StaleRevisionException e) {
      return CompletableFuture.failedStage(e);
    } catch (Priorities.Exhausted full) {
      return snapshot(current.state().snapshot());
    } catch (IllegalStateException contradiction) {
      // The update contradicts what was known before it: only a snapshot helps.
      rejected = true;
      return CompletableFuture.failedStage(contradiction);
    }
    return await(update.revision());
  }

  private CompletionStage<Void> await(long revision) {
    CompletionStage<Void> done = pending.ask(revision);
    program();
    return done;
  }

  /** The ports may be others. */
  void ports() {
    SwitchPorts now = place.ports(aim.aimed());
    if (!now.equals(ports)) {
      ports = now;
      if (compiler != null) {
        compiler.ports(now);
      }
    }
    program();
  }

  /**
   * What the switch is.
   *
   * @param userspace whether its datapath runs in user space
   */
  void datapath(boolean userspace) {
    if (aim.able(aim.sampling(), userspace)) {
      doubt();
    }
  }

  /** Whether the bridge is as it must be. */
  void allow(boolean safe) {
    allowed = safe;
    program();
  }

  /** Fails what is outstanding: the bridge can't be programmed until somebody mends it. */
  void refuse(Problem problem) {
    rejected = rejected || !pending.isEmpty();
    pending.fail(new IllegalStateException(problem.toString()));
  }

  /** Contact with the bridge. */
  void up(OpenFlowConnection now) {
    connection = now;
    known = false;
    busy = false;
    tidying = false;
    program();
  }

  /** No contact; what is outstanding stays so. */
  void down() {
    connection = null;
    known = false;
    busy = false;
  }

  /** Other settings shall be in force: as soon as the bridge allows, in one bundle. */
  void settings(Settings now) {
    aim.want(now);
    if (compiler == null) {
      aim.begin();
    }
    doubt();
  }

  /** Others have changed the flow of this key: it is set right with the next bundle. */
  void mend(FlowKey key) {
    if (settled() && compiler != null) {
      compiler.book().mend(key);
    }
  }

  /** Sends what was to be mended, and compares then. */
  void mendAndCompare() {
    program();
    doubt();
  }

  /** What the bridge holds is in doubt: compares. */
  void doubt() {
    known = false;
    program();
  }

  private void program() {
    OpenFlowConnection current = connection;
    Compiler wanted = compiler;
    if (current == null || wanted == null || !allowed || busy || rejected) {
      return;
    }
    if (!known) {
      compare(current);
      return;
    }
    List<FlowMod> mods = wanted.book().takeChanges();
    if (mods.isEmpty()) {
      finish(wanted.state().revision(), Optional.empty());
    } else {
      send(current, mods, wanted.state().revision());
    }
  }

  private void compare(OpenFlowConnection current) {
    busy = true;
    // Whatever comes to be in doubt from here on asks for another comparison.
    known = true;
    SampleMeter.ensure(current)
        .thenCompose(
            metered ->
                Survey.of(current, aim.layouts())
                    .thenAcceptAsync(
                        survey -> {
                          if (current == connection) {
                            busy = false;
                            aim.able(metered, aim.portless());
                            adopt(current, survey);
                          }
                        },
                        executor))
        .whenCompleteAsync(
            (done, failure) -> {
              if (failure != null && current == connection) {
                busy = false;
                finish(0, Optional.of(failure));
              }
            },
            executor)
        .exceptionally(Programmer::defect);
  }

  private void adopt(OpenFlowConnection current, Survey survey) {
    Compiler before = compiler;
    if (before == null || !allowed) {
      known = false;
      return;
    }
    Settings settings = aim.choose(survey, place::lacking);
    refusal = survey.refusal(settings);
    entrances = survey.entrances();
    blind = !survey.judges(settings.options().layout());
    if (refusal.isPresent() && !survey.holds(settings.options().layout())) {
      known = false;
      place.changed();
      refuse(refusal.get());
      return;
    }
    PipelineOptions options = aim.options(survey);
    Compiler wanted;
    try {
      wanted = compile(before, options);
    } catch (Priorities.Exhausted e) {
      throw new IllegalStateException("what was placed once can be placed again", e);
    }
    List<Flow> guests = new ArrayList<>(aim.landing(survey));
    Layout layout = settings.options().layout();
    Set<Integer> left = new TreeSet<>(survey.resumes());
    left.remove(layout.state());
    moves += leftTables.addAll(left) ? 1 : 0;
    leftTables.remove(layout.state());
    guests.addAll(Latecomers.lead(leftTables, layout));
    wanted.guests(guests);
    wanted.book().forgetChanges();
    zones(current, survey, options);
    place.changed();
    List<FlowMod> mods = survey.difference(wanted.book(), settings);
    if (mods.isEmpty()) {
      finish(wanted.state().revision(), Optional.empty());
      program();
    } else {
      send(current, mods, wanted.state().revision());
    }
  }

  private void zones(OpenFlowConnection current, Survey survey, PipelineOptions options) {
    staleZones.addAll(survey.zones());
    staleZones.remove(options.zone());
    if (options.carry().isPresent()) {
      int next = options.carry().getAsInt();
      staleZones.remove(next);
      if (!survey.zones().contains(next)) {
        // What an earlier use has left there is not known to be allowed.
        current.flushZone(next).exceptionally(Programmer::defect);
      }
    }
  }

  private Compiler compile(Compiler before, PipelineOptions options) throws Priorities.Exhausted {
    SwitchPorts now = place.ports(aim.aimed());
    if (compiled.filter(options::equals).isPresent() && now.equals(ports)) {
      return before;
    }
    ports = now;
    Compiler made = Compiler.of(options, before.state().snapshot(), now);
    compiler = made;
    compiled = Optional.of(options);
    return made;
  }

  private void send(OpenFlowConnection current, List<FlowMod> mods, long revision) {
    busy = true;
    bundles++;
    changes += mods.size();
    current
        .bundle(mods)
        .whenCompleteAsync(
            (done, failure) -> {
              if (current == connection) {
                busy = false;
                finish(revision, Optional.ofNullable(failure));
                program();
              }
            },
            executor)
        .exceptionally(Programmer::defect);
  }

  /** What is wrong in us, and not in the switch, must not vanish in a stage. */
  private static @Nullable Void defect(Throwable failure) {
    Throwable cause = SwitchLink.cause(failure);
    if (!(cause instanceof java.io.IOException)) {
      LOG.log(System.Logger.Level.ERROR, "programming the bridge failed", cause);
    }
    return null;
  }

  private void finish(long revision, Optional<Throwable> failure) {
    if (failure.isPresent()) {
      failed(SwitchLink.cause(failure.get()));
      return;
    }
    retried = false;
    boolean news = acknowledged != revision;
    acknowledged = revision;
    if (aim.reached() || news) {
      place.changed();
    }
    pending.reached(revision);
    tidy();
  }

  private void failed(Throwable cause) {
    known = false;
    if (cause instanceof java.io.IOException) {
      // Contact is lost; on return the difference is sent.
      return;
    }
    if (!retried) {
      // The switch may have forgotten something that we believed it holds, its meters say.
      retried = true;
      program();
      return;
    }
    retried = false;
    LOG.log(System.Logger.Level.ERROR, "the switch refused a change", cause);
    if (!aim.back(cause)) {
      rejected = true;
      pending.fail(cause);
    }
    place.changed();
  }

  /**
   * After a move: when no packet is under way between the old tables any more, takes away what led
   * them on, and forgets the connections of a zone that is in use no longer; or goes on from one
   * zone to the next.
   */
  private void tidy() {
    OpenFlowConnection current = connection;
    OptionalInt carry = compiled.map(PipelineOptions::carry).orElse(OptionalInt.empty());
    if (tidying
        || current == null
        || (leftTables.isEmpty() && staleZones.isEmpty() && carry.isEmpty())) {
      return;
    }
    tidying = true;
    long move = moves;
    int zone = compiled.map(PipelineOptions::zone).orElse(0);
    place
        .revalidated()
        .whenCompleteAsync(
            (done, failure) -> {
              if (current == connection && failure == null && move == moves) {
                tidied(current, zone, carry);
              } else if (current == connection) {
                executor.later(this::tidyAgain, AGAIN_MILLIS);
              }
            },
            executor)
        .exceptionally(Programmer::defect);
  }

  private void tidyAgain() {
    tidying = false;
    tidy();
  }

  private void tidied(OpenFlowConnection current, int zone, OptionalInt carry) {
    if (compiler != null && !leftTables.isEmpty()) {
      compiler.guestsGo(leftTables);
    }
    leftTables.clear();
    staleZones.forEach(stale -> current.flushZone(stale).exceptionally(Programmer::defect));
    staleZones.clear();
    if (carry.isPresent()) {
      executor.later(
          () -> {
            aim.carried(zone);
            tidying = false;
            doubt();
          },
          ZoneCarry.MILLIS);
    } else {
      tidying = false;
    }
    program();
  }

  /** Forgets the wanted state; nothing is programmed until the next snapshot. */
  void forget() {
    compiler = null;
    compiled = Optional.empty();
    known = false;
    acknowledged = 0;
    refusal = Optional.empty();
    blind = false;
    rejected = false;
    leftTables.clear();
    staleZones.clear();
    pending.cancel();
  }

  Optional<Compiler> compiler() {
    return Optional.ofNullable(compiler);
  }

  Optional<OpenFlowConnection> connection() {
    return Optional.ofNullable(connection);
  }

  /** What is wrong with the flows of others on the bridge. */
  Optional<Problem> refusal() {
    return refusal;
  }

  /** Whether no packet comes to our tables. */
  boolean blind() {
    return blind;
  }

  /** Whether the bridge can't be programmed at all until somebody mends it. */
  boolean rejected() {
    return rejected;
  }

  /** The flows of others that lead packets to us. */
  Set<FlowKey> entrances() {
    return entrances;
  }

  Aim aim() {
    return aim;
  }

  /** Whether the bridge is believed to hold what is wanted. */
  boolean settled() {
    return known && !busy && compiler != null;
  }

  long acknowledged() {
    return acknowledged;
  }

  long bundles() {
    return bundles;
  }

  long changes() {
    return changes;
  }
}
