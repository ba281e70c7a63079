package io.sluice.engine.host;

import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.resource.Problem;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One bound datapath: who feeds it, and what is known of it. */
final class DatapathSlot {
  final DatapathDriver driver;

  /** About whom it was asked last. */
  Set<EndpointId> asked = Set.of();

  /** What it said then that it covers. */
  Set<EndpointId> covered = Set.of();

  /** Why it could not take over, until it may be tried again. */
  @Nullable Problem rejection;

  /** Whether rules may be in its switch that this agent did not give it since it was bound. */
  boolean leftRules;

  /** Why those rules are still there, if they can't be removed. */
  @Nullable Problem leftover;

  /** Whether it is being found out if those rules may be removed. */
  boolean clearing;

  DatapathSlot(DatapathDriver driver) {
    this.driver = driver;
  }

  Candidate candidate() {
    return driver.candidate();
  }

  String name() {
    return candidate().name();
  }

  boolean enforcing() {
    return candidate().enforcing();
  }

  DatapathStatus status() {
    return driver.status();
  }

  /** Whether rules of ours may be in its switch. */
  boolean mayHoldRules() {
    return leftRules
        || driver.mode() == DatapathDriver.Mode.FED
        || driver.mode() == DatapathDriver.Mode.RELEASING;
  }

  /** Something wrong with it, said with where it comes from. */
  Problem problem(String message, String remedy) {
    String origin = candidate().origin();
    return new Problem(
        "datapath " + name() + (origin.isEmpty() ? "" : " (" + origin + ")"),
        "",
        "",
        message,
        remedy);
  }
}
