package io.sluice.engine.host;

import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Problem;
import io.sluice.engine.core.PolicyEngine;
import java.util.List;
import java.util.stream.Collectors;

/** What a rejected policy without an earlier version means for the pods that it is for. */
final class Alarm {
  private static final int NAMED = 20;
  private static final String REMEDY = "correct the policy as its problems say";

  private Alarm() {}

  static Problem of(PolicyBook.Entry entry, PolicyEngine engine) {
    String message =
        entry
            .subject()
            .map(subject -> pods(engine.select(subject)))
            .orElse("it can't be told which pods it leaves unprotected");
    return new Problem(
        entry.origin(),
        entry.policy().toString(),
        "",
        "ALARM: rejected, and no earlier version is in force; " + message,
        REMEDY);
  }

  private static String pods(List<Endpoint> pods) {
    if (pods.isEmpty()) {
      return "it selects no pod now";
    }
    String names = pods.stream().limit(NAMED).map(Endpoint::path).collect(Collectors.joining(", "));
    int more = pods.size() - NAMED;
    return "it does not protect " + names + (more > 0 ? " and " + more + " more" : "");
  }
}
