package io.sluice.source.kubernetes;

import io.sluice.api.source.SourceStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Wishes to have everything read again, until a list of each kind that began later has ended. */
final class Rereads {
  private final List<Waiting> waiting = new ArrayList<>();

  /** A wish, and the list of each kind that must have ended. */
  private record Waiting(Session.Reread reread, Map<KindState, Long> lists) {}

  /** Waits for a list of each of these kinds that begins from now on. */
  void add(Session.Reread reread, Iterable<KindState> kinds) {
    Map<KindState, Long> lists = new HashMap<>();
    for (KindState state : kinds) {
      lists.put(state, state.begun + 1);
    }
    waiting.add(new Waiting(reread, lists));
  }

  /**
   * Tells those whose lists have all ended.
   *
   * @param inVain whether to tell all of them, because no list will end any more
   */
  void look(Supplier<SourceStatus> status, boolean inVain) {
    waiting.removeIf(
        wish -> {
          boolean ended =
              inVain
                  || wish.lists().entrySet().stream()
                      .allMatch(entry -> entry.getKey().ended >= entry.getValue());
          if (ended) {
            wish.reread().read(status.get());
          }
          return ended;
        });
  }

  /** Nothing will be read any more. */
  void fail() {
    waiting.forEach(wish -> wish.reread().fail(null));
    waiting.clear();
  }
}
