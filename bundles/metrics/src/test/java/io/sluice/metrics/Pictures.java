package io.sluice.metrics;

import io.sluice.api.control.Component;
import io.sluice.api.control.Measurements;
import io.sluice.api.control.Status;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Subject;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.Tier;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.ResourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Agents in numbers. */
final class Pictures {
  static final Component FILES =
      new Component(
          "source", "files", "synced", "3 files", List.of(), Map.of("contactAgeMillis", 0L));
  static final Component OVS =
      new Component(
          "datapath",
          "ovs",
          "ready",
          "bridge br-int",
          List.of(),
          Map.of("flows", 7L, "packets denied", 3L));
  static final Component LOST =
      new Component(
          "source",
          "files",
          "lost",
          "the directory is gone",
          List.of(),
          Map.of("contactAgeMillis", 1500L));
  static final Component STORE =
      new Component(
          "label-store",
          "disk",
          "not-durable",
          "",
          List.of(new Problem("label-store disk", "", "", "disk full", "make room")),
          Map.of("unwrittenAgeMillis", 2000L, "waiting", 4L));

  static final Component COPY =
      new Component(
          Component.DURABLE_COPY,
          "inputs",
          "in-use",
          "",
          List.of(
              new Problem("durable copy", "", "", "the last known state is used, 3 min old", "")),
          Map.of("ageMillis", 180_000L));

  private Pictures() {}

  static Measurements inForce() {
    return of("", 5, 5, Duration.ZERO, "ovs", true, List.of(FILES, OVS, STORE));
  }

  static Measurements of(
      String waitsFor,
      long revision,
      long inForce,
      Duration lag,
      String datapath,
      boolean enforcing,
      List<Component> components) {
    return new Measurements(
        "worker-1",
        inForce == revision && enforcing ? Status.Readiness.IN_FORCE : Status.Readiness.STARTED,
        waitsFor,
        revision,
        inForce,
        inForce,
        lag,
        datapath,
        enforcing,
        components,
        Map.of(
            new Measurements.Events("files", ResourceKind.POD), 12L,
            new Measurements.Events("files", ResourceKind.NETWORK_POLICY), 3L),
        Map.of(
            "events", 15L,
            "eventsRepeated", 1L,
            "snapshots", 1L,
            "denials", 9L,
            "faults", 0L,
            "denialsSuppressed", 4L,
            "somethingNew", 6L),
        Map.of(
            "endpoints", 100L,
            "localEndpoints", 10L,
            "groups", 8L,
            "rules", 20L,
            "policies", 3L,
            "policiesActive", 2L,
            "policiesLastGood", 1L,
            "policiesRejected", 0L));
  }

  static Rule rule(long id, Action action, String policy) {
    return new Rule(
        id,
        Tier.NAMESPACED,
        0,
        Direction.INGRESS,
        action,
        new Subject.EveryEndpoint(),
        List.of(),
        List.of(),
        new PolicyRef("NetworkPolicy", "shop", policy),
        0);
  }
}
