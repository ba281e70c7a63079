package io.sluice.api.control;

import io.sluice.api.resource.Problem;
import java.util.List;

/**
 * A datapath, for people.
 *
 * @param name its name
 * @param ranking its service ranking; of those that enforce the highest is wanted
 * @param enforcing whether packets really pass through it
 * @param state what part it plays
 * @param revision the newest revision that it has acknowledged, 0 if it is fed nothing
 * @param inForce the newest revision that is in force there, 0 if it is fed nothing
 * @param covered how many local endpoints' traffic it sees, as it says itself
 * @param endpoints how many local endpoints there are
 * @param problems what is wrong with it, why it was rejected, each with its remedy
 */
public record DatapathInfo(
    String name,
    int ranking,
    boolean enforcing,
    State state,
    long revision,
    long inForce,
    int covered,
    int endpoints,
    List<Problem> problems) {
  /** What part a datapath plays. */
  public enum State {
    /** Its word counts: it is fed, and what is in force there is in force. */
    CHOSEN,
    /** It is fed beside the chosen one, which it is to replace; a packet must pass both. */
    TAKING_OVER,
    /** It waits: it is fed nothing and holds no rules that this agent knows of. */
    STANDBY,
    /** It was to take over and could not; its problems say why. It is not tried again by itself. */
    REJECTED,
    /** Its rules are being removed. */
    RELEASING,
    /** Its rules were removed; it is fed nothing. */
    RELEASED,
    /** It is not bound any more; its rules stay as they were. */
    FROZEN
  }

  /** Copies the problems. */
  public DatapathInfo {
    problems = List.copyOf(problems);
  }
}
