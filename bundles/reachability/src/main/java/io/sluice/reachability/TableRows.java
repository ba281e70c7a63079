package io.sluice.reachability;

import io.sluice.api.control.Verdict;
import io.sluice.engine.core.Ruling;
import io.sluice.reachability.Place.End;
import io.sluice.reachability.PortQuestion.Asked;
import java.io.IOException;
import java.util.List;

/** A table for people. */
final class TableRows implements RowSink {
  private static final int PORT = 12;
  private static final int VERDICT = 9;

  private final AsciiOutput out;
  private final int name;
  private long rows;
  private long allowed;

  /**
   * Makes one.
   *
   * @param out where it goes
   * @param places everyone who may appear, for the width of the columns
   */
  TableRows(AsciiOutput out, List<Place> places) throws IOException {
    this.out = out;
    int widest = 4;
    for (Place place : places) {
      for (End end : place.ends()) {
        widest = Math.max(widest, text(place, end).length());
      }
    }
    name = widest + 2;
    out.pad("FROM", name).pad("TO", name).pad("PORT", PORT).pad("VERDICT", VERDICT);
    out.put("EGRESS, INGRESS\n");
  }

  private static String text(Place place, End end) {
    return place.isExternal() || end.text().isEmpty()
        ? place.label()
        : place.label() + " " + end.text();
  }

  @Override
  public void row(
      Place from, Place to, End source, End destination, Asked port, Ruling egress, Ruling ingress)
      throws IOException {
    Verdict verdict = Rows.both(egress, ingress);
    rows++;
    allowed += verdict == Verdict.ALLOW ? 1 : 0;
    out.pad(text(from, source), name).pad(text(to, destination), name);
    out.pad(port.number() + "/" + port.protocol(), PORT).pad(JsonRows.word(verdict), VERDICT);
    ruling(egress);
    out.put(", ");
    ruling(ingress);
    out.put("\n");
  }

  private void ruling(Ruling ruling) throws IOException {
    out.put(JsonRows.word(ruling.verdict())).put(" (").put(ruling.by()).put(")");
  }

  @Override
  public void end() throws IOException {
    out.put(Long.toString(allowed)).put(" of ").put(Long.toString(rows)).put(" allowed\n");
    out.flush();
  }
}
