package io.sluice.datapath.ovs;

import io.sluice.api.resource.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** With what of a switch there is no contact now, each with its problem. */
final class Contacts {
  private static final System.Logger LOG = System.getLogger(Contacts.class.getName());

  private final String bridge;
  private final Map<String, Problem> lost = new LinkedHashMap<>();

  Contacts(String bridge) {
    this.bridge = bridge;
  }

  /**
   * Contact is lost, or could not be made.
   *
   * @param what with what; its first word is its kind
   * @param why the cause, for people
   */
  void lost(String what, String why) {
    put(
        kind(what),
        new Problem(
            "ovs",
            "Bridge/" + bridge,
            "",
            "no contact with " + what + ": " + why,
            "is Open vSwitch running, and socketDirectory right?"));
  }

  /** The bridge's row could not be changed. */
  void rowRefused(String why) {
    put(
        "row",
        new Problem(
            "ovs",
            "Bridge/" + bridge,
            "external_ids, fail_mode",
            "can't be set: " + why,
            "is the database writable, and ovs-vswitchd running?"));
  }

  private void put(String kind, Problem problem) {
    if (!problem.equals(lost.put(kind, problem))) {
      LOG.log(System.Logger.Level.WARNING, problem.toString());
    }
  }

  /** There is contact again. */
  void found(String what) {
    lost.remove(kind(what));
  }

  static String kind(String what) {
    int end = what.indexOf(' ');
    return end < 0 ? what : what.substring(0, end);
  }

  /** Why the switch has not done what it was asked, for people. */
  String why() {
    return first().map(Problem::message).orElse("the switch has not answered in time");
  }

  boolean isWhole() {
    return lost.isEmpty();
  }

  Optional<Problem> first() {
    return lost.values().stream().findFirst();
  }

  List<Problem> all() {
    return new ArrayList<>(lost.values());
  }
}
