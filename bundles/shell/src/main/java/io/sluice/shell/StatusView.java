package io.sluice.shell;

import io.sluice.api.control.Component;
import io.sluice.api.control.Status;
import io.sluice.api.resource.Problem;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/** The status of an agent: what an operator must know first, then the parts, then what is wrong. */
final class StatusView {
  private static final int INDENT = 11;

  /** The state of an enforcing datapath whose bundle has gone. */
  private static final String FROZEN = "frozen";

  private StatusView() {}

  static String of(Status status) {
    StringBuilder text = new StringBuilder();
    line(text, "node", status.node().isEmpty() ? "not named (io.sluice.node.cfg)" : status.node());
    line(text, "readiness", readiness(status));
    line(text, "datapath", datapath(status));
    line(
        text,
        "revision",
        status.revision()
            + " compiled, "
            + status.acknowledged()
            + " acknowledged, "
            + status.inForce()
            + " in force");
    text.append('\n').append(components(status));
    problems(text, status);
    counters(text, status);
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).repeat(' ', INDENT - name.length()).append(value).append('\n');
  }

  private static String readiness(Status status) {
    return switch (status.readiness()) {
      case STARTED -> "STARTED: has not read all of its inputs";
      case SYNCED ->
          status.enforcing()
              ? "SYNCED: has read all of its inputs; they are not all in force"
              : "SYNCED: has read all of its inputs; nothing is enforced";
      case IN_FORCE -> "IN_FORCE: everything that was read is enforced";
    };
  }

  private static String datapath(Status status) {
    if (status.datapath().isEmpty()) {
      return status.components().stream()
          .filter(part -> part.kind().equals("datapath") && part.state().equals(FROZEN))
          .findFirst()
          .map(gone -> gone.name() + ", FROZEN: " + gone.detail() + "; its rules stay as they are")
          .orElse("none: NOTHING IS ENFORCED");
    }
    StringBuilder text = new StringBuilder(status.datapath());
    text.append(status.enforcing() ? ", enforcing" : ", NOTHING IS ENFORCED");
    status.components().stream()
        .filter(part -> part.kind().equals("datapath") && part.name().equals(status.datapath()))
        .findFirst()
        .ifPresent(
            chosen ->
                text.append(", ")
                    .append(chosen.state().toUpperCase(Locale.ROOT))
                    .append('\n')
                    .repeat(' ', INDENT)
                    .append(chosen.detail()));
    return text.toString();
  }

  private static String components(Status status) {
    Table table = new Table("KIND", "NAME", "STATE", "DETAIL");
    status.components().stream()
        .sorted(Comparator.comparing(Component::kind).thenComparing(Component::name))
        .forEach(part -> table.row(part.kind(), part.name(), part.state(), part.detail()));
    return table.toString();
  }

  private static void problems(StringBuilder text, Status status) {
    Set<Problem> all = new LinkedHashSet<>(status.problems());
    status.components().forEach(part -> all.addAll(part.problems()));
    text.append('\n');
    if (all.isEmpty()) {
      text.append("no problems\n");
      return;
    }
    text.append(all.size() == 1 ? "1 problem:\n" : all.size() + " problems:\n");
    all.forEach(problem -> text.append("  ").append(problem).append('\n'));
  }

  private static void counters(StringBuilder text, Status status) {
    if (status.counters().isEmpty()) {
      return;
    }
    Table table = new Table("COUNTER", "VALUE");
    new TreeMap<>(status.counters()).forEach(table::row);
    text.append('\n').append(table);
  }
}
