package io.sluice.engine.host;

import io.sluice.api.datapath.Coverage;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Asks datapaths whose traffic they see. */
final class Coverages {
  private final Calls calls;
  private final Loop loop;

  Coverages(Loop loop) {
    this.loop = loop;
    calls = new Calls(loop);
  }

  /**
   * Asks one; exactly one of the two is run, in a later turn of the loop.
   *
   * @param limit how long it may take
   * @param answered is told which of these endpoints it covers
   * @param failed is told why it is not known
   */
  void ask(
      DatapathSlot slot,
      Collection<LocalEndpoint> endpoints,
      Duration limit,
      Consumer<Coverage> answered,
      Consumer<String> failed) {
    AtomicBoolean over = new AtomicBoolean();
    Runnable cancel =
        loop.after(
            limit,
            () -> {
              if (over.compareAndSet(false, true)) {
                failed.accept("no answer within " + limit.toMillis() + " ms");
              }
            });
    calls.call(
        () -> slot.driver.datapath().covers(endpoints),
        coverage -> {
          if (over.compareAndSet(false, true)) {
            cancel.run();
            Set<EndpointId> covered = new HashSet<>(coverage.covered());
            covered.retainAll(ids(endpoints));
            slot.asked = ids(endpoints);
            slot.covered = Set.copyOf(covered);
            answered.accept(new Coverage(covered, coverage.uncovered()));
          }
        },
        cause -> {
          if (over.compareAndSet(false, true)) {
            cancel.run();
            failed.accept(Calls.text(cause));
          }
        });
  }

  /**
   * What one must be taken to cover if it can't be asked: what it said, what it has bound, and
   * every endpoint about which it was never asked.
   *
   * @param endpoints the endpoints there are
   */
  static Set<EndpointId> lastKnown(DatapathSlot slot, Collection<LocalEndpoint> endpoints) {
    Set<EndpointId> known = ids(endpoints);
    known.removeAll(slot.asked);
    known.addAll(slot.covered);
    known.addAll(slot.status().bindings().keySet());
    return known;
  }

  static Set<EndpointId> ids(Collection<LocalEndpoint> endpoints) {
    return endpoints.stream().map(LocalEndpoint::id).collect(Collectors.toCollection(HashSet::new));
  }

  /** One of several, for people. */
  static String text(Set<EndpointId> ids) {
    String first = ids.stream().sorted().findFirst().map(EndpointId::path).orElse("none");
    return ids.size() == 1 ? first : first + " and " + (ids.size() - 1) + " more";
  }
}
