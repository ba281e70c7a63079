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
      DatapathStatus.State state,
      Programmer programmer,
      SwitchPorts ports,
      List<Problem> problems,
      DenialSampler sampler,
      Watch watch) {
    Settings settings = programmer.aim().inForce();
    long flows = programmer.compiler().map(compiler -> compiler.book().size()).orElse(0);
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
                programmer.aim().sampling() ? "" : ", no denial log (the switch has no meters)");
    Map<EndpointId, String> bound = new HashMap<>();
    for (SwitchPorts.Bound port : ports.bound()) {
      bound.put(
          port.endpoint(),
          "port %d (%s) mac %s".formatted(port.port(), port.name(), Mac.text(port.mac())));
    }
    Map<String, Long> counters =
        Map.ofEntries(
            Map.entry("flows", flows),
            Map.entry("bundles", programmer.bundles()),
            Map.entry("flow changes", programmer.changes()),
            Map.entry("changes by others", watch.noticed()),
            Map.entry("ports bound", (long) ports.bound().size()),
            Map.entry("ports learning", (long) ports.learning().size()),
            Map.entry("ports unknown", (long) ports.unknown().size()),
            Map.entry("packets denied", sampler.denied()),
            Map.entry("denials sampled", sampler.sampled()),
            Map.entry("samples unreadable", sampler.unreadable()));
    return new DatapathStatus(state, detail, problems, bound, counters);
  }
}
