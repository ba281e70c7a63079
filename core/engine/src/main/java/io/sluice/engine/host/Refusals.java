package io.sluice.engine.host;

import io.sluice.api.control.Finding;
import io.sluice.api.control.Finding.Severity;
import io.sluice.api.resource.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What was written and is not in force, as findings; and what dialects warn of. */
final class Refusals {
  private Refusals() {}

  /**
   * Collects them.
   *
   * @param sources what sources can't read
   */
  static List<Finding> among(PolicyBook policies, Collection<Problem> sources) {
    List<Finding> findings = new ArrayList<>();
    for (PolicyBook.Entry entry : policies.entries()) {
      String object = entry.policy().toString();
      for (Problem problem : entry.problems()) {
        findings.add(
            switch (entry.state()) {
              case ACTIVE -> finding("policy-warning", Severity.WARNING, object, problem, "");
              case LAST_GOOD ->
                  finding(
                      "last-good-policy",
                      Severity.ERROR,
                      object,
                      problem,
                      "; the version before it is in force");
              case REJECTED ->
                  finding(
                      "rejected-policy",
                      Severity.ERROR,
                      object,
                      problem,
                      "; no version of it is in force, and it protects no pod");
            });
      }
    }
    for (Problem problem : sources) {
      String object = problem.object().isEmpty() ? problem.origin() : problem.object();
      findings.add(finding("broken-manifest", Severity.ERROR, object, problem, ""));
    }
    return findings;
  }

  private static Finding finding(
      String id, Severity severity, String object, Problem problem, String consequence) {
    return new Finding(
        id,
        severity,
        object,
        problem.field(),
        problem.origin() + ": " + problem.message() + consequence,
        problem.remedy());
  }
}
