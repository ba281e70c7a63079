package io.sluice.source.kubernetes;

import io.sluice.api.resource.Problem;
import io.sluice.api.source.SourceStatus;
import io.sluice.api.source.SourceStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says how the source is. */
final class StatusText {
  private static final int MAX_PROBLEMS = 1000;

  private StatusText() {}

  /**
   * Puts the status together.
   *
   * @param server the server's address, or what leads to it
   * @param kinds the kinds that are followed
   * @param settings which kinds may be missing
   * @param broken why there is no contact with the server as a whole, or null
   * @param age how long ago contact was last had
   */
  static SourceStatus of(
      String server,
      java.util.Collection<KindState> kinds,
      Settings settings,
      @Nullable String broken,
      String age) {
    List<Problem> problems = new ArrayList<>();
    String lost = broken == null ? lost(kinds) : broken;
    for (KindState state : kinds) {
      problems(server, state, settings.optional(), lost != null, problems);
    }
    String counts =
        kinds.stream().map(StatusText::count).collect(Collectors.joining(", ", "", "; " + age));
    State state = state(kinds, lost, problems);
    String detail =
        lost == null ? server + ": " + counts : server + ": " + lost + "; kept: " + counts;
    return new SourceStatus(state, detail, problems);
  }

  private static State state(
      java.util.Collection<KindState> kinds, @Nullable String lost, List<Problem> problems) {
    if (lost != null) {
      return State.LOST;
    }
    if (!problems.isEmpty()) {
      return State.DEGRADED;
    }
    return kinds.stream().allMatch(KindState::isComplete) ? State.SYNCED : State.CONNECTING;
  }

  /** Why nothing can be read; null if something can. */
  private static @Nullable String lost(java.util.Collection<KindState> kinds) {
    String reason = null;
    boolean all = true;
    for (KindState state : kinds) {
      Failure failure = state.failure;
      if (failure != null && failure.status() == Failure.NO_DATA) {
        return failure.text();
      }
      all &= failure != null || state.absent;
      if (failure != null && reason == null) {
        reason = failure.text();
      }
    }
    return all ? reason : null;
  }

  private static String count(KindState state) {
    String count = state.inventory.size() + " " + state.kind.kind();
    return state.version.isEmpty() ? count : count + " at " + state.version;
  }

  private static void problems(
      String server, KindState state, Set<?> optional, boolean lost, List<Problem> problems) {
    Failure failure = state.failure;
    if (failure != null && (!lost || isRefusal(failure))) {
      problems.add(
          new Problem(
              server, state.kind.toString(), "", failure.text(), remedy(state, failure.status())));
    }
    if (state.absent && !optional.contains(state.kind)) {
      problems.add(
          new Problem(
              server,
              state.kind.toString(),
              "",
              state.inventory.size() == 0
                  ? "the server does not know this kind"
                  : "the server does not know this kind any more; what was read is kept",
              "install its definition, or name it in optionalKinds in"
                  + " io.sluice.source.kubernetes.cfg"));
    }
    for (Problem problem : state.inventory.problems()) {
      if (problems.size() == MAX_PROBLEMS) {
        return;
      }
      problems.add(problem);
    }
  }

  private static boolean isRefusal(Failure failure) {
    return failure.status() == 401 || failure.status() == 403;
  }

  private static String remedy(KindState state, int status) {
    Collection collection = state.collection;
    return switch (status) {
      case 401 -> "renew the token or certificate that the agent shows";
      case 403 ->
          collection == null
              ? "allow discovery: bind the ClusterRole system:discovery to the agent's account"
              : "add the rule "
                  + collection.rule()
                  + " to the agent's ClusterRole (config/kubernetes/rbac.yaml)";
      case 429 -> "none: the server is busy, and is asked again when it wants to be";
      default -> "look at the API server's log";
    };
  }
}
