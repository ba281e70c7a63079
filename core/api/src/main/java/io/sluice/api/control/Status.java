package io.sluice.api.control;

import io.sluice.api.resource.Problem;
import java.util.List;
import java.util.Map;

/**
 * How the agent is.
 *
 * @param node this node's name
 * @param readiness the last rung reached
 * @param revision the newest compiled revision
 * @param acknowledged the newest revision that the chosen datapath has acknowledged
 * @param inForce the newest revision that is in force
 * @param datapath the name of the chosen datapath, empty if there is none
 * @param enforcing whether the chosen datapath enforces
 * @param components every bound source, translator, store and datapath
 * @param problems what an operator should look at: refused inputs, alarms, lost contact
 * @param counters named counters and sizes: endpoints, local endpoints, groups, policies, rules,
 *     events, drops by reason
 */
public record Status(
    String node,
    Readiness readiness,
    long revision,
    long acknowledged,
    long inForce,
    String datapath,
    boolean enforcing,
    List<Component> components,
    List<Problem> problems,
    Map<String, Long> counters) {
  /** The readiness ladder. */
  public enum Readiness {
    /** Runs, but has not read all of its inputs. */
    STARTED,
    /** Every source has delivered everything. */
    SYNCED,
    /** And the chosen datapath enforces the newest revision. */
    IN_FORCE
  }

  /** Copies the collections. */
  public Status {
    components = List.copyOf(components);
    problems = List.copyOf(problems);
    counters = Map.copyOf(counters);
  }
}
