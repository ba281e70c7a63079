package io.sluice.datapath.ovs;

import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Update;
import io.sluice.api.resource.Problem;
import io.sluice.datapath.ovs.openflow.FlowMod;
import io.sluice.datapath.ovs.openflow.OpenFlowConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Brings a bridge to the flows that the {@link Compiler} wants: by what changed while it is known
 * what the bridge holds, and by comparison with all of it when it is not (at first, after contact
 * was lost, after a snapshot, when flows have vanished). One bundle is under way at a time.
 * Confined to the executor's thread.
 */
final class Programmer {
  private static final System.Logger LOG = System.getLogger(Programmer.class.getName());

  private record Pending(long revision, CompletableFuture<Void> done) {}

  private final Executor executor;
  private final Runnable changed;
  private final List<Pending> pending = new ArrayList<>();
  private Settings settings;
  private @Nullable Compiler compiler;
  private @Nullable OpenFlowConnection connection;
  private SwitchPorts ports = SwitchPorts.NONE;
  private Optional<Problem> refusal = Optional.empty();
  private boolean allowed;
  private boolean known;
  private boolean busy;
  private boolean rejected;
  private boolean retried;
  private boolean sampling = true;
  private boolean portless;
  private long acknowledged;
  private long bundles;
  private long changes;

  /**
   * Makes one.
   *
   * @param executor the one thread
   * @param changed told when status is different
   */
  Programmer(Settings settings, Executor executor, Runnable changed) {
    this.settings = settings;
    this.executor = executor;
    this.changed = changed;
  }

  /** Moves to a snapshot. */
  CompletionStage<Void> snapshot(Snapshot snapshot, SwitchPorts bound) {
    ports = bound;
    try {
      compiler = Compiler.of(options(), snapshot, bound);
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
      return snapshot(current.state().snapshot(), ports);
    } catch (IllegalStateException contradiction) {
      // The update contradicts what was known before it: only a snapshot helps.
      rejected = true;
      return CompletableFuture.failedStage(contradiction);
    }
    return await(update.revision());
  }

  private CompletionStage<Void> await(long revision) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    pending.add(new Pending(revision, done));
    program();
    return done;
  }

  /** Other bindings of ports. */
  void ports(SwitchPorts now) {
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
    if (portless != userspace) {
      portless = userspace;
      recompile();
      program();
    }
  }

  /** Whether the bridge is as it must be. */
  void allow(boolean safe) {
    allowed = safe;
    program();
  }

  /** Fails what is outstanding: the bridge can't be programmed until somebody mends it. */
  void refuse(Problem problem) {
    List<Pending> waiting = List.copyOf(pending);
    pending.clear();
    waiting.forEach(
        each -> each.done.completeExceptionally(new IllegalStateException(problem.toString())));
    rejected = rejected || !waiting.isEmpty();
  }

  /** Contact with the bridge. */
  void up(OpenFlowConnection now) {
    connection = now;
    known = false;
    busy = false;
    program();
  }

  /** No contact; what is outstanding stays so. */
  void down() {
    connection = null;
    known = false;
    busy = false;
  }

  /** Other options: every flow is made anew, and the difference sent. */
  void settings(Settings now) {
    settings = now;
    recompile();
    program();
  }

  private PipelineOptions options() {
    return settings.options().on(sampling, portless);
  }

  private void recompile() {
    if (compiler != null) {
      try {
        compiler = Compiler.of(options(), compiler.state().snapshot(), ports);
      } catch (Priorities.Exhausted e) {
        throw new IllegalStateException("what was placed once can be placed again", e);
      }
    }
    known = false;
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
      compare(current, wanted);
      return;
    }
    List<FlowMod> mods = wanted.book().takeChanges();
    if (mods.isEmpty()) {
      finish(wanted.state().revision(), Optional.empty());
    } else {
      send(current, mods, wanted.state().revision());
    }
  }

  private void compare(OpenFlowConnection current, Compiler wanted) {
    busy = true;
    boolean[] meter = new boolean[1];
    SampleMeter.ensure(current)
        .thenCompose(
            there -> {
              meter[0] = there;
              return Survey.of(current, settings.options().layout());
            })
        .handleAsync(
            (survey, failure) -> {
              if (current == connection) {
                busy = false;
                if (survey == null) {
                  finish(0, Optional.of(failure));
                } else if (meter[0] != sampling) {
                  sampling = meter[0];
                  recompile();
                  program();
                } else if (wanted != compiler) {
                  program();
                } else {
                  adopt(current, wanted, survey);
                }
              }
              return true;
            },
            executor)
        .exceptionally(Programmer::defect);
  }

  private void adopt(OpenFlowConnection current, Compiler wanted, Survey survey) {
    refusal = survey.refusal(settings.home(), settings.options().layout());
    if (refusal.isPresent()) {
      changed.run();
      refuse(refusal.get());
      return;
    }
    wanted.book().forgetChanges();
    known = true;
    List<FlowMod> mods = survey.difference(wanted.book(), settings.home());
    if (mods.isEmpty()) {
      finish(wanted.state().revision(), Optional.empty());
    } else {
      send(current, mods, wanted.state().revision());
    }
  }

  private void send(OpenFlowConnection current, List<FlowMod> mods, long revision) {
    busy = true;
    bundles++;
    changes += mods.size();
    current
        .bundle(mods)
        .handleAsync(
            (done, failure) -> {
              if (current == connection) {
                busy = false;
                finish(revision, Optional.ofNullable(failure));
                program();
              }
              return true;
            },
            executor)
        .exceptionally(Programmer::defect);
  }

  /** What is wrong in us, and not in the switch, must not vanish in a stage. */
  private static boolean defect(Throwable failure) {
    LOG.log(System.Logger.Level.ERROR, "programming the bridge failed", failure);
    return false;
  }

  private void finish(long revision, Optional<Throwable> failure) {
    if (failure.isPresent()) {
      known = false;
      Throwable cause = SwitchLink.cause(failure.get());
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
      rejected = true;
      List<Pending> waiting = List.copyOf(pending);
      pending.clear();
      waiting.forEach(each -> each.done.completeExceptionally(cause));
      LOG.log(System.Logger.Level.ERROR, "the switch refused a change", cause);
      changed.run();
      return;
    }
    retried = false;
    boolean news = acknowledged != revision;
    acknowledged = revision;
    if (news) {
      changed.run();
    }
    List<Pending> done = pending.stream().filter(each -> each.revision <= revision).toList();
    pending.removeAll(done);
    done.forEach(each -> each.done.complete(null));
  }

  /** Forgets the wanted state; nothing is programmed until the next snapshot. */
  void forget() {
    compiler = null;
    known = false;
    acknowledged = 0;
    List<Pending> waiting = List.copyOf(pending);
    pending.clear();
    waiting.forEach(each -> each.done.cancel(false));
  }

  Optional<Compiler> compiler() {
    return Optional.ofNullable(compiler);
  }

  Optional<OpenFlowConnection> connection() {
    return Optional.ofNullable(connection);
  }

  /** Why the flows on the bridge forbid programming it. */
  Optional<Problem> refusal() {
    return refusal;
  }

  /** Whether the bridge is believed to hold what is wanted. */
  boolean settled() {
    return known && !busy;
  }

  /** Whether denied packets are sampled. */
  boolean sampling() {
    return sampling;
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
