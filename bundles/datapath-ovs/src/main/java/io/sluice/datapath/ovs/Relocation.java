package io.sluice.datapath.ovs;

import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.resource.Problem;
import io.sluice.datapath.ovs.ovsdb.SwitchConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * From one bridge to another, make before break: both are programmed and fed until the new one is
 * in force and no pod's port is left at the old one, which is released then. Until that the old one
 * is as it was, and it is known what is waited for.
 *
 * <p>That a move is under way stands in the new bridge's row from before it is programmed until the
 * old one has been released ({@link BridgeRow#REPLACES}). Who starts there after a crash finds it
 * and ends the move; who starts at the old one finds who was to replace it, and takes that back.
 */
final class Relocation {
  private static final System.Logger LOG = System.getLogger(Relocation.class.getName());
  private static final long AGAIN_MILLIS = 5_000;

  private final DatapathThread executor;
  private final BiFunction<Settings, Optional<String>, BridgeAgent> maker;
  private final Runnable changed;
  private final List<BridgeAgent> leaving = new ArrayList<>();
  private final List<BridgeAgent> releasing = new ArrayList<>();
  private BridgeAgent current;
  private Optional<BridgeAgent> next = Optional.empty();
  private Optional<Problem> stranger = Optional.empty();
  private boolean confirming;
  private boolean standing;
  private boolean advancing;

  /**
   * Begins at a bridge.
   *
   * @param maker makes the agent of a bridge, which may replace another
   * @param changed told when something is different; has to call {@link #advance}
   */
  Relocation(
      Settings settings,
      DatapathThread executor,
      BiFunction<Settings, Optional<String>, BridgeAgent> maker,
      Runnable changed) {
    this.executor = executor;
    this.maker = maker;
    this.changed = changed;
    this.current = maker.apply(settings, Optional.empty());
  }

  /** The bridge in force. */
  BridgeAgent current() {
    return current;
  }

  /** Where the move under way leads. */
  Optional<BridgeAgent> next() {
    return next;
  }

  /** The bridges whose confirmation counts: the new one too, once it has been in force. */
  List<BridgeAgent> standing() {
    return next.filter(each -> standing)
        .map(each -> List.of(current, each))
        .orElse(List.of(current));
  }

  /** Every bridge that anything of ours may be on. */
  List<BridgeAgent> all() {
    List<BridgeAgent> all = new ArrayList<>(List.of(current));
    next.ifPresent(all::add);
    all.addAll(leaving);
    return all;
  }

  /** Other settings. */
  void configure(Settings now) {
    next.filter(each -> !each.wanted().samePlace(now)).ifPresent(this::abandon);
    if (current.wanted().samePlace(now)) {
      current.configure(now);
    } else if (next.isPresent()) {
      next.get().configure(now);
    } else {
      begin(now);
    }
    advance();
  }

  private void abandon(BridgeAgent agent) {
    next = Optional.empty();
    leaving.add(agent);
  }

  private void begin(Settings now) {
    Optional<String> from = Optional.of(current.home().place());
    Optional<BridgeAgent> known =
        leaving.stream().filter(each -> each.wanted().samePlace(now)).findFirst();
    known.ifPresent(leaving::remove);
    known.ifPresent(agent -> agent.configure(now));
    BridgeAgent agent = known.orElseGet(() -> maker.apply(now, from));
    agent.replacing(from);
    next = Optional.of(agent);
    confirming = false;
    standing = false;
    if (known.isEmpty()) {
      agent.open();
    }
    current.state().map(DesiredState::snapshot).ifPresent(agent::snapshot);
  }

  /** Whether a bridge may be programmed: not if it is the one in force, seen by another path. */
  boolean allows(BridgeAgent agent) {
    return agent == current || !sameBridge(agent);
  }

  private boolean sameBridge(BridgeAgent agent) {
    Optional<String> here = current.bridge().map(SwitchConfig.Bridge::uuid);
    return here.isPresent() && here.equals(agent.bridge().map(SwitchConfig.Bridge::uuid));
  }

  /** The database has been read: looks for what a crash has left. */
  void look(BridgeAgent agent, SwitchConfig config) {
    if (agent != current || next.isPresent()) {
      return;
    }
    Settings settings = current.wanted();
    String place = current.home().place();
    Path directory = current.home().socketDirectory();
    stranger = Optional.empty();
    config
        .bridge(current.home().bridge())
        .map(row -> row.externalIds().get(BridgeRow.REPLACES))
        .filter(other -> leaving.stream().noneMatch(each -> each.home().place().equals(other)))
        .ifPresent(
            other -> {
              current.replacing(Optional.of(other));
              Path path = Path.of(other);
              Path parent = path.getParent();
              leave(
                  settings.at(path.getFileName().toString(), parent == null ? directory : parent));
            });
    for (SwitchConfig.Bridge other : config.bridges().values()) {
      String there = directory.resolve(other.name()).toString();
      boolean known = all().stream().anyMatch(each -> each.home().place().equals(there));
      if (!known && place.equals(other.externalIds().get(BridgeRow.REPLACES))) {
        leave(settings.at(other.name(), directory));
      } else if (!known && other.externalIds().containsKey(BridgeRow.IN_USE)) {
        stranger = Optional.of(stranger(other.name()));
      }
    }
  }

  private static Problem stranger(String bridge) {
    return new Problem(
        "ovs",
        "Bridge/" + bridge,
        "external_ids:" + BridgeRow.IN_USE,
        "rules of Sluice are on this bridge, which is not the one that this agent runs on",
        "if no other agent runs there, purge with bridge=" + bridge);
  }

  private void leave(Settings settings) {
    LOG.log(
        System.Logger.Level.INFO,
        "a move that was interrupted has left rules on " + settings.home().place());
    BridgeAgent agent = maker.apply(settings, Optional.empty());
    leaving.add(agent);
    agent.open();
  }

  /** Something is different: goes on as far as possible. */
  void advance() {
    if (advancing) {
      return;
    }
    advancing = true;
    next.ifPresent(this::follow);
    List<EndpointId> endpoints =
        current.state().map(state -> List.copyOf(state.endpoints().keySet())).orElse(List.of());
    for (BridgeAgent agent : List.copyOf(leaving)) {
      if (agent.state().isEmpty()) {
        agent.lookFor(endpoints);
      }
      boolean ready = current.acknowledged() > 0 && current.health() == DatapathStatus.State.READY;
      if (ready && agent.isConfigured() && agent.bound().isEmpty() && !releasing.contains(agent)) {
        release(agent);
      }
    }
    advancing = false;
  }

  private void follow(BridgeAgent agent) {
    if (sameBridge(agent)) {
      if (agent.isConnected()) {
        // Only the path is another: the rules stay, and are compared.
        current.close();
        become(agent);
        agent.replacing(Optional.empty());
      }
      return;
    }
    if (!standing && !confirming && agent.acknowledged() > 0 && healthy(agent)) {
      confirming = true;
      agent
          .confirm(agent.acknowledged())
          .whenCompleteAsync(
              (done, failure) -> {
                confirming = false;
                if (next.filter(agent::equals).isPresent()) {
                  standing = failure == null;
                  changed.run();
                }
              },
              executor);
    }
    if (standing && healthy(agent) && (current.isVoid() || current.bound().isEmpty())) {
      LOG.log(System.Logger.Level.INFO, "bridge " + agent.home().place() + " is in force now");
      leaving.add(current);
      become(agent);
    }
  }

  private static boolean healthy(BridgeAgent agent) {
    return agent.health() == DatapathStatus.State.READY;
  }

  private void become(BridgeAgent agent) {
    current = agent;
    next = Optional.empty();
    standing = false;
  }

  private void release(BridgeAgent agent) {
    releasing.add(agent);
    agent
        .release()
        .whenCompleteAsync(
            (done, failure) -> {
              if (failure != null) {
                executor.later(
                    () -> {
                      releasing.remove(agent);
                      changed.run();
                    },
                    AGAIN_MILLIS);
                return;
              }
              releasing.remove(agent);
              gone(agent);
              changed.run();
            },
            executor);
  }

  private void gone(BridgeAgent agent) {
    if (leaving.remove(agent)) {
      agent.close();
      if (leaving.isEmpty() && next.isEmpty()) {
        current.replacing(Optional.empty());
      }
    }
  }

  /** Releases every bridge. */
  CompletionStage<Void> release() {
    return current
        .release()
        .thenComposeAsync(
            done -> {
              List<CompletableFuture<Void>> all = new ArrayList<>();
              next.ifPresent(agent -> all.add(agent.release().toCompletableFuture()));
              for (BridgeAgent agent : List.copyOf(leaving)) {
                all.add(
                    agent
                        .release()
                        .thenRunAsync(() -> gone(agent), executor)
                        .toCompletableFuture());
              }
              return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
            },
            executor)
        .thenRunAsync(
            () ->
                next.ifPresent(
                    agent -> {
                      current.close();
                      become(agent);
                      agent.replacing(Optional.empty());
                    }),
            executor);
  }

  void close() {
    all().forEach(BridgeAgent::close);
  }

  /** What is waited for, and what a crash has left. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    next.ifPresent(
        agent -> {
          problems.addAll(agent.problems());
          problems.add(waiting(agent));
        });
    for (BridgeAgent agent : leaving) {
      problems.add(
          new Problem(
              "ovs",
              "Bridge/" + agent.home().bridge(),
              "bridge",
              agent.bound().isEmpty()
                  ? "is about to be released"
                  : "is not the bridge in force, but pods are still on it, under rules that do not"
                      + " follow: "
                      + names(agent),
              "move their ports to bridge " + current.home().bridge()));
    }
    stranger.ifPresent(problems::add);
    return problems;
  }

  private Problem waiting(BridgeAgent agent) {
    String message;
    String remedy;
    if (!standing) {
      message = "is not in force yet";
      remedy = "none if it is a matter of seconds; else see what is said of this bridge";
    } else {
      message =
          "is in force, and waits for the pods that are still on the old one: " + names(current);
      remedy =
          "move their ports: ovs-vsctl del-port %s PORT -- add-port %s PORT -- set interface PORT ..."
              .formatted(current.home().bridge(), agent.home().bridge());
    }
    return new Problem(
        "ovs",
        "Bridge/" + agent.home().bridge(),
        "bridge",
        message + "; until then bridge " + current.home().bridge() + " stays in force",
        remedy);
  }

  private static String names(BridgeAgent agent) {
    Set<String> names = new java.util.TreeSet<>();
    agent.bound().forEach(bound -> names.add(bound.endpoint().path() + " (" + bound.name() + ")"));
    return String.join(", ", names);
  }
}
