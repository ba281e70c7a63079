package io.sluice.api.control;

import java.time.Duration;
import java.util.List;

/**
 * What was found by looking at everything that an agent holds.
 *
 * @param findings worst first, without those that the configuration silences
 * @param silenced how many the configuration silences
 * @param pods how many pods were looked at
 * @param policies how many policies were looked at
 * @param took how long all of it took
 * @param longestTurn how long it held up the engine's loop at most, at one go
 */
public record LintReport(
    List<Finding> findings,
    int silenced,
    int pods,
    int policies,
    Duration took,
    Duration longestTurn) {
  /** Copies the findings. */
  public LintReport {
    findings = List.copyOf(findings);
  }

  /** How many findings are of a severity. */
  public long count(Finding.Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
