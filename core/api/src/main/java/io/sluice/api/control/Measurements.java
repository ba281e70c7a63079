package io.sluice.api.control;

import io.sluice.api.resource.ResourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Numbers of a running agent, for metrics and probes. They are cheap to take: nothing in them costs
 * a walk over endpoints.
 *
 * @param node this node's name
 * @param readiness the last rung reached
 * @param waitsFor what enforcing datapaths still wait for, for people; empty once they were let go
 * @param revision the newest compiled revision
 * @param acknowledged the newest revision that the chosen datapath has acknowledged
 * @param inForce the newest revision that is in force
 * @param lag how long ago the oldest event was sent that is not in force yet; zero if all are
 * @param datapath the name of the chosen datapath, empty if there is none
 * @param enforcing whether the chosen datapath enforces
 * @param components every bound source, translator, store, datapath and reporter
 * @param events changes received, by source and kind
 * @param counters named counters, which only grow while the agent runs: work done, and work dropped
 *     by reason
 * @param sizes named sizes of what is held now: endpoints, local endpoints, groups, rules
 */
public record Measurements(
    String node,
    Status.Readiness readiness,
    String waitsFor,
    long revision,
    long acknowledged,
    long inForce,
    Duration lag,
    String datapath,
    boolean enforcing,
    List<Component> components,
    Map<Events, Long> events,
    Map<String, Long> counters,
    Map<String, Long> sizes) {
  /**
   * Whose events, about what.
   *
   * @param source the source's name
   * @param kind what the changed objects are
   */
  public record Events(String source, ResourceKind kind) {}

  /** Copies the collections. */
  public Measurements {
    components = List.copyOf(components);
    events = Map.copyOf(events);
    counters = Map.copyOf(counters);
    sizes = Map.copyOf(sizes);
  }
}
