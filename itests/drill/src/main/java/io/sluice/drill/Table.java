package io.sluice.drill;

import java.util.List;

/** The rows as Markdown. */
record Table(List<Row> rows) {
  private static final String HEAD =
      """
      | fault | what was done | wrongly allowed | wrongly dropped | longest silence of a stream | streams cut | recovered after |
      |---|---|---|---|---|---|---|
      """;

  /** Copies the rows. */
  Table {
    rows = List.copyOf(rows);
  }

  String render() {
    StringBuilder text = new StringBuilder(HEAD);
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  static String line(Row row) {
    Findings found = row.findings();
    String notes = row.notes().isEmpty() ? "" : " (" + String.join("; ", row.notes()) + ")";
    return "| "
        + String.join(
            " | ",
            row.fault(),
            row.what() + notes,
            found.wronglyAllowed()
                + " of "
                + found.denied()
                + ", "
                + found.wrongPackets()
                + " packets",
            found.wronglyDropped() + " of " + found.allowed(),
            found.cut() == found.streams() ? "none was left" : found.silenceMillis() + " ms",
            found.cut() + " of " + found.streams(),
            row.recoveryMillis().isPresent() ? row.recoveryMillis().getAsLong() + " ms" : "never")
        + " |\n";
  }
}
