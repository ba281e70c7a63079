package io.sluice.engine.host;

import io.sluice.api.control.Component;
import io.sluice.api.control.Reporter;
import io.sluice.api.resource.Problem;
import java.util.ArrayList;
import java.util.List;

/** The parts of the agent that report themselves. */
final class Reporters {
  private final List<Reporter> bound = new ArrayList<>();

  void bind(Reporter reporter) {
    bound.add(reporter);
  }

  void unbind(Reporter reporter) {
    bound.removeIf(one -> one == reporter);
  }

  List<Component> components() {
    return bound.stream().map(Reporters::ask).toList();
  }

  List<Problem> problems() {
    return components().stream().flatMap(component -> component.problems().stream()).toList();
  }

  /** One that throws must not take the status away from all others. */
  private static Component ask(Reporter reporter) {
    try {
      return reporter.report();
    } catch (RuntimeException e) {
      String name = reporter.getClass().getName();
      Problem problem =
          new Problem(name, "", "", "its report failed: " + Calls.text(e), "report this defect");
      return new Component("reporter", name, "failed", Calls.text(e), List.of(problem));
    }
  }
}
