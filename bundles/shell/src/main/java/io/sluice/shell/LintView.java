package io.sluice.shell;

import static io.sluice.api.text.JsonText.object;

import io.sluice.api.control.Finding;
import io.sluice.api.control.Finding.Severity;
import io.sluice.api.control.LintReport;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What lint has found, for people and for machines. */
final class LintView {
  /** More of one kind are counted only: a mistake that is everywhere must not hide the others. */
  private static final int SHOWN = 20;

  private LintView() {}

  static String of(LintReport report) {
    StringBuilder text = new StringBuilder();
    Map<String, Integer> shown = new HashMap<>();
    for (Finding finding : report.findings()) {
      if (shown.merge(finding.id(), 1, Integer::sum) <= SHOWN) {
        text.append(finding.severity().text())
            .append("  ")
            .append(finding.id())
            .append("  ")
            .append(finding.object())
            .append(finding.field().isEmpty() ? "" : "  " + finding.field())
            .append("\n    ")
            .append(finding.message())
            .append("\n    -> ")
            .append(finding.remedy())
            .append('\n');
      }
    }
    shown.forEach(
        (id, count) -> {
          if (count > SHOWN) {
            text.append("and ").append(count - SHOWN).append(" more of ").append(id);
            text.append("; --json lists all\n");
          }
        });
    return text.append(summary(report)).toString();
  }

  private static String summary(LintReport report) {
    return String.format(
        Locale.ROOT,
        "%d errors, %d warnings, %d hints, %d silenced by lintIgnore in io.sluice.engine.cfg;"
            + " %d pods and %d policies looked at in %d ms, the engine's loop held up for %.1f ms"
            + " at most%n",
        report.count(Severity.ERROR),
        report.count(Severity.WARNING),
        report.count(Severity.HINT),
        report.silenced(),
        report.pods(),
        report.policies(),
        report.took().toMillis(),
        report.longestTurn().toNanos() / 1e6);
  }

  static Map<String, @Nullable Object> document(LintReport report) {
    return object(
        "errors", report.count(Severity.ERROR),
        "warnings", report.count(Severity.WARNING),
        "hints", report.count(Severity.HINT),
        "silenced", report.silenced(),
        "pods", report.pods(),
        "policies", report.policies(),
        "tookMillis", report.took().toMillis(),
        "longestTurnMicros", report.longestTurn().toNanos() / 1000,
        "findings", report.findings().stream().map(LintView::document).toList());
  }

  private static Map<String, @Nullable Object> document(Finding finding) {
    return object(
        "id", finding.id(),
        "severity", finding.severity().text(),
        "object", finding.object(),
        "field", finding.field(),
        "message", finding.message(),
        "remedy", finding.remedy());
  }
}
