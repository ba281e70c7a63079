package io.sluice.metrics;

import io.sluice.api.control.Component;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The states and numbers of sources, stores, datapaths and all other components. */
final class ComponentMetrics {
  /** The states that are always shown, so that an alert finds a 0 where there is no 1. */
  private static final Map<String, List<String>> STATES =
      Map.of(
          "source", List.of("connecting", "synced", "degraded", "lost", "gone"),
          "label-store", List.of("written", "not-durable"),
          "policy-store", List.of("written", "not-durable"),
          "datapath", List.of("ready", "disconnected", "refused", "frozen"));

  private static final String MILLIS = "_millis";

  private ComponentMetrics() {}

  static void add(List<Component> components, Families to) {
    components.forEach(component -> add(component, to));
  }

  private static void add(Component component, Families to) {
    Set<String> states = new LinkedHashSet<>(STATES.getOrDefault(component.kind(), List.of()));
    states.add(component.state());
    for (String state : states) {
      to.gauge(
          "sluice_component_state",
          "The state that a component is in: 1 there, 0 elsewhere.",
          AgentMetrics.truth(state.equals(component.state())),
          "kind",
          component.kind(),
          "name",
          component.name(),
          "state",
          state);
    }
    to.gauge(
        "sluice_component_problems",
        "How many problems a component tells of.",
        component.problems().size(),
        "kind",
        component.kind(),
        "name",
        component.name());
    component.numbers().forEach((name, value) -> number(component, name, value, to));
  }

  private static void number(Component component, String name, long value, Families to) {
    String metric = "sluice_" + Families.snake(component.kind()) + "_" + Families.snake(name);
    if (metric.endsWith(MILLIS)) {
      to.gauge(
          metric.substring(0, metric.length() - MILLIS.length()) + "_seconds",
          "As the component says.",
          value / 1e3,
          "name",
          component.name());
    } else {
      to.untyped(metric, "As the component says.", value, "name", component.name());
    }
  }
}
