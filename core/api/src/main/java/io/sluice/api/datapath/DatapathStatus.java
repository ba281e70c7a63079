package io.sluice.api.datapath;

import io.sluice.api.resource.Problem;
import java.util.List;
import java.util.Map;

/**
 * How a datapath is.
 *
 * @param state the state
 * @param detail one line for people
 * @param problems what is wrong, each with its remedy
 * @param bindings where each local endpoint's traffic enters, as the backend says it, for example
 *     {@code port 3 (veth7) mac 0a:58:0a:f4:00:05}; endpoints that are not bound are missing
 * @param counters named counters: flows, messages, errors, samples dropped
 */
public record DatapathStatus(
    State state,
    String detail,
    List<Problem> problems,
    Map<EndpointId, String> bindings,
    Map<String, Long> counters) {
  /** The states. */
  public enum State {
    /** Programs its switch. */
    READY,
    /** Has no contact with its switch, which goes on with the rules it has. */
    DISCONNECTED,
    /** Refuses to run; the problems name the remedy. */
    REFUSED
  }

  /** Copies the collections. */
  public DatapathStatus {
    problems = List.copyOf(problems);
    bindings = Map.copyOf(bindings);
    counters = Map.copyOf(counters);
  }
}
