package io.sluice.datapath.ovs;

import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.resource.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says how the datapath is. */
final class Report {
  private Report() {}

  static DatapathStatus of(
      Settings settings,
      Programmer programmer,
      Bindings bindings,
      List<Problem> problems,
      boolean refused,
      DenialSampler sampler) {
    DatapathStatus.State state =
        refused
            ? DatapathStatus.State.REFUSED
            : programmer.connection().isEmpty() || problems.stream().anyMatch(Report::isContact)
                ? DatapathStatus.State.DISCONNECTED
                : DatapathStatus.State.READY;
    long flows = programmer.compiler().map(compiler -> compiler.book().size()).orElse(0);
    SwitchPorts ports = bindings.ports();
    String detail =
        "bridge %s, direct pod traffic only (no Service translation), %d flows from table %d, %d ports bound, %d unknown (%s), established=%s, revision %d%s"
            .formatted(
                settings.home().bridge(),
                flows,
                settings.options().layout().first(),
                ports.bound().size(),
                ports.unknown().size(),
                settings.options().unknownAllowed() ? "allowed" : "denied",
                settings.options().recheck() ? "recheck" : "keep",
                programmer.acknowledged(),
                programmer.sampling() ? "" : ", no denial log (the switch has no meters)");
    Map<EndpointId, String> bound = new HashMap<>();
    for (SwitchPorts.Bound port : ports.bound()) {
      bound.put(
          port.endpoint(),
          "port %d (%s) mac %s".formatted(port.port(), port.name(), Mac.text(port.mac())));
    }
    Map<String, Long> counters =
        Map.of(
            "flows",
            flows,
            "bundles",
            programmer.bundles(),
            "flow changes",
            programmer.changes(),
            "ports bound",
            (long) ports.bound().size(),
            "ports learning",
            (long) ports.learning().size(),
            "ports unknown",
            (long) ports.unknown().size(),
            "packets denied",
            sampler.denied(),
            "denials sampled",
            sampler.sampled(),
            "samples unreadable",
            sampler.unreadable());
    return new DatapathStatus(state, detail, problems, bound, counters);
  }

  private static boolean isContact(Problem problem) {
    return problem.message().startsWith("no contact with");
  }
}
