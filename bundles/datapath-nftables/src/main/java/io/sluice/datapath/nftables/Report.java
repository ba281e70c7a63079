package io.sluice.datapath.nftables;

import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.resource.Problem;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says how the datapath is. */
final class Report {
  private Report() {}

  static DatapathStatus of(
      Settings settings,
      Optional<Table> table,
      Optional<Compiler> compiler,
      PodInterfaces interfaces,
      List<Problem> problems,
      DatapathStatus.State state,
      Map<String, Long> numbers) {
    Collection<LocalEndpoint> endpoints =
        compiler.map(each -> each.state().endpoints().values()).orElse(List.of());
    Map<EndpointId, String> places = interfaces.places(endpoints);
    long[] size = compiler.map(each -> each.ruleset().size()).orElse(new long[2]);
    int guarded = interfaces.bound(endpoints).addresses().size();
    String detail =
        "table inet %s through %s, %d chains, %d elements, %d pods, %d interfaces guarded, established=%s, denied packets are %s, revision %d"
            .formatted(
                settings.home().table(),
                table.map(Table::description).orElse("nothing"),
                size[0],
                size[1],
                endpoints.size(),
                guarded,
                settings.recheck() ? "recheck" : "keep",
                settings.reject() ? "rejected" : "dropped",
                compiler.map(each -> each.state().revision()).orElse(0L));
    Map<String, Long> counters = new HashMap<>(numbers);
    counters.put("chains", size[0]);
    counters.put("elements", size[1]);
    counters.put("transactions", table.map(Table::transactions).orElse(0L));
    counters.put("interfaces guarded", (long) guarded);
    return new DatapathStatus(state, detail, problems, places, counters);
  }
}
