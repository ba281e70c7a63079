package io.sluice.denials;

import io.sluice.api.datapath.Denial;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.event.DeniedFlow;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Denied flows. */
final class Flows {
  private Flows() {}

  /** Denied by isolation, to this port. */
  static DeniedFlow isolated(int port) {
    return new DeniedFlow(
        denial(port),
        Instant.parse("2026-01-02T03:04:05Z"),
        "shop/web (10.0.0.1)",
        "shop/db (10.0.0.2)",
        List.of(
            new PolicyRef("NetworkPolicy", "shop", "a"),
            new PolicyRef("NetworkPolicy", "shop", "b")),
        "",
        "no ingress rule allows it",
        "ingress: [{from: [{ipBlock: {cidr: \"10.0.0.1/32\"}}]}]");
  }

  /** Refused before any policy. */
  static DeniedFlow refused(String reason) {
    return new DeniedFlow(
        new Denial(
            Optional.empty(),
            Direction.EGRESS,
            IpAddress.parse("fd00::1"),
            IpAddress.parse("fd00::2"),
            58,
            0,
            Optional.empty(),
            reason),
        Instant.parse("2026-01-02T03:04:05.678Z"),
        "fd00::1",
        "fd00::2",
        List.of(),
        "",
        "",
        "");
  }

  private static Denial denial(int port) {
    return new Denial(
        Optional.of(new EndpointId("shop", "db", "")),
        Direction.INGRESS,
        IpAddress.parse("10.0.0.1"),
        IpAddress.parse("10.0.0.2"),
        6,
        port,
        Optional.of(1L),
        "isolated");
  }
}
