package io.sluice.drill;

import java.util.List;

/** All faults of the drill. */
final class Faults {
  private static final List<Fault> ALL =
      List.of(
          new AgentKilled(),
          new AgentStopped(),
          new AgentUpgraded(),
          new DatapathRestarted(),
          new EngineRestarted(),
          new SwitchKilled(),
          new SwitchPaused(),
          new SwitchRestarted(),
          new DatabaseRestarted(),
          new FlowsDeleted(),
          new TablesEmptied(),
          new RulesetFlushed(),
          new TableDeleted(),
          new RulesAltered(),
          new ConnectionsForgotten(),
          new SourceAway(),
          new SourceHalved(),
          new RestartWithoutSource(),
          new NodeRestarted(),
          new ApiServerKilled(),
          new ApiServerPaused(),
          new ApiServerHalved(),
          new RestartWithoutApiServer(),
          new DiskFull(),
          new ClockJumped(),
          new ManyPolicies(),
          new ManyPods(),
          new AddressReused(),
          new Garbled());

  private Faults() {}

  /**
   * Those with these names, or all that there can be with this datapath if none is named.
   *
   * @throws DrillException if one is unknown
   */
  static List<Fault> named(List<String> names, Backend backend) {
    for (String name : names) {
      if (ALL.stream().noneMatch(fault -> fault.name().equals(name))) {
        throw new DrillException(
            "no fault is called '"
                + name
                + "'; there are: "
                + String.join(", ", ALL.stream().map(Fault::name).toList()));
      }
    }
    return ALL.stream()
        .filter(fault -> fault.backends().contains(backend))
        .filter(fault -> names.isEmpty() || names.contains(fault.name()))
        .toList();
  }
}
