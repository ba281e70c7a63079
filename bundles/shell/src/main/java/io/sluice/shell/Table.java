package io.sluice.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of words under a header, in columns as wide as their widest word. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... header) {
    rows.add(List.of(header));
  }

  /** Adds a row; an empty cell is shown as a dash, so that columns can be counted by machines. */
  Table row(Object... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          cells.length + " cells in a table of " + rows.getFirst().size() + " columns");
    }
    rows.add(
        java.util.Arrays.stream(cells)
            .map(Object::toString)
            .map(cell -> cell.isEmpty() ? "-" : cell)
            .toList());
    return this;
  }

  /** The lines, without trailing blanks. */
  @Override
  public String toString() {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        line.append(cell).repeat(' ', widths[column] - cell.length()).append(GAP);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
