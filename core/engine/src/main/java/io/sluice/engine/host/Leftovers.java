package io.sluice.engine.host;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.resource.Problem;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds out whether rules from earlier, in the switch of a datapath that is not fed, can be removed
 * without taking somebody's only protection away.
 */
final class Leftovers {
  private final Coverages coverages;

  Leftovers(Coverages coverages) {
    this.coverages = coverages;
  }

  /**
   * Compares what one covers with what the chosen one covers.
   *
   * @param slot the one with the rules
   * @param sitting the chosen one
   * @param answered is told what stands against it; empty if they can go
   */
  void examine(
      DatapathSlot slot,
      DatapathSlot sitting,
      Collection<LocalEndpoint> endpoints,
      Duration limit,
      Consumer<Optional<Problem>> answered) {
    Consumer<String> obstacle = why -> answered.accept(Optional.of(problem(slot, why)));
    coverages.ask(
        slot,
        endpoints,
        limit,
        its ->
            coverages.ask(
                sitting,
                endpoints,
                limit,
                ours -> {
                  Set<EndpointId> open = new HashSet<>(its.covered());
                  open.removeAll(ours.covered());
                  if (open.isEmpty()) {
                    answered.accept(Optional.empty());
                  } else {
                    obstacle.accept("only it covers " + Coverages.text(open));
                  }
                },
                why -> obstacle.accept(sitting.name() + " does not say what it covers: " + why)),
        why -> obstacle.accept("it does not say what it covers: " + why));
  }

  private static Problem problem(DatapathSlot slot, String why) {
    return slot.problem(
        "rules from earlier stand in its switch and are not fed: " + why,
        "'sluice:datapath use " + slot.name() + "' feeds it again");
  }
}
