package io.sluice.shell;

import io.sluice.api.control.Decision;
import io.sluice.api.control.Explanation;

/** Why a packet is allowed or denied, the verdict first. */
final class ExplainView {
  private ExplainView() {}

  static String of(Explanation explanation) {
    StringBuilder text = new StringBuilder();
    text.append(explanation.verdict())
        .append("  ")
        .append(explanation.from())
        .append(" -> ")
        .append(explanation.to())
        .append("  ")
        .append(explanation.service())
        .append('\n');
    side(text, "egress ", explanation.egress());
    side(text, "ingress", explanation.ingress());
    return text.toString();
  }

  private static void side(StringBuilder text, String direction, Decision decision) {
    text.append("  ").append(direction).append("  ");
    text.append(decision.verdict() == io.sluice.api.control.Verdict.ALLOW ? "allow" : "deny ");
    text.append("  ").append(said(decision)).append('\n');
    if (!decision.missing().isEmpty()) {
      text.append("           ").append(decision.missing()).append('\n');
    }
    if (!decision.hint().isEmpty()) {
      text.append("           the narrowest rule that allows it, below the policy's spec:\n");
      text.append("             ").append(decision.hint()).append('\n');
    }
  }

  private static String said(Decision decision) {
    return switch (decision.reason()) {
      case POLICY ->
          "by " + decision.by() + (decision.rule().isEmpty() ? "" : " " + decision.rule());
      case ISOLATION -> "isolated by " + decision.by();
      case DEFAULT -> "default: no policy isolates the pod in this direction";
      case OWN_NODE -> "own-node: the other end is the pod's own node";
      case SELF -> "self: the other end is the pod itself";
      case NONE -> "none: this end is no pod";
    };
  }
}
