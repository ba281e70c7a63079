package io.sluice.reachability;

import io.sluice.api.control.Verdict;
import io.sluice.engine.core.Ruling;
import io.sluice.reachability.Place.End;
import io.sluice.reachability.PortQuestion.Asked;
import java.io.IOException;

/**
 * One JSON object a line. Names were validated and addresses are canonical, so that no text needs
 * escapes.
 */
final class JsonRows implements RowSink {
  private final AsciiOutput out;

  JsonRows(AsciiOutput out) {
    this.out = out;
  }

  @Override
  public void row(
      Place from, Place to, End source, End destination, Asked port, Ruling egress, Ruling ingress)
      throws IOException {
    out.put("{\"from\":\"").put(from.label()).put("\",\"to\":\"").put(to.label());
    address("\",\"source\":", source);
    address(",\"destination\":", destination);
    out.put(",\"port\":").put(port.number());
    out.put(",\"protocol\":\"").put(port.protocol().name());
    out.put("\",\"verdict\":\"").put(word(Rows.both(egress, ingress)));
    ruling("\",\"egress\":", egress);
    ruling(",\"ingress\":", ingress);
    out.put("}\n");
  }

  private void address(String key, End end) throws IOException {
    out.put(key);
    if (end.text().isEmpty()) {
      out.put("null");
    } else {
      out.put("\"").put(end.text()).put("\"");
    }
  }

  private void ruling(String key, Ruling ruling) throws IOException {
    out.put(key).put("{\"verdict\":\"").put(word(ruling.verdict()));
    out.put("\",\"by\":\"").put(ruling.by()).put("\"}");
  }

  static String word(Verdict verdict) {
    return verdict == Verdict.ALLOW ? "allow" : "deny";
  }

  @Override
  public void end() throws IOException {
    out.flush();
  }
}
