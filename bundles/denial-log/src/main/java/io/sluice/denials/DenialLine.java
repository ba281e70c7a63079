package io.sluice.denials;

import io.sluice.api.control.Service;
import io.sluice.api.datapath.Denial;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.event.DeniedFlow;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.stream.Collectors;

/**
 * A denied flow on one line: the time, {@code denied}, and {@code key=value} pairs, of which those
 * with blanks are quoted.
 */
final class DenialLine {
  /** Always with milliseconds, so that lines align. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final StringBuilder line = new StringBuilder();

  private DenialLine(Instant time, String what) {
    line.append(TIME.format(time)).append(' ').append(what);
  }

  /**
   * The line of a flow.
   *
   * @param repeated how often it was denied since its last line, besides this time
   */
  static String of(DeniedFlow flow, long repeated) {
    Denial denial = flow.denial();
    DenialLine line = new DenialLine(flow.time(), "denied");
    line.pair("direction", denial.direction() == Direction.INGRESS ? "ingress" : "egress");
    line.pair("of", denial.subject().map(EndpointId::path).orElse("an unknown port"));
    line.pair("from", flow.from());
    line.pair("to", flow.to());
    line.pair("service", new Service(denial.protocol(), denial.port()).toString());
    line.pair(
        "by", flow.policies().stream().map(PolicyRef::toString).collect(Collectors.joining(",")));
    line.pair("rule", flow.rule());
    line.pair("reason", flow.policies().isEmpty() ? denial.reason() : "");
    line.pair("missing", flow.missing());
    line.pair("allow", flow.hint());
    if (repeated > 0) {
      line.pair("repeated", Long.toString(repeated));
    }
    return line.end();
  }

  /** A line that says how many denials have no line. */
  static String notTold(Instant time, long packets, String why) {
    DenialLine line = new DenialLine(time, "not-told");
    line.pair("denials", Long.toString(packets));
    line.pair("why", why);
    return line.end();
  }

  private void pair(String key, String value) {
    if (value.isEmpty()) {
      return;
    }
    line.append(' ').append(key).append('=');
    if (value.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\' && c != '=')) {
      line.append(value);
      return;
    }
    line.append('"');
    value.codePoints().forEach(this::quoted);
    line.append('"');
  }

  private void quoted(int c) {
    if (c == '"' || c == '\\') {
      line.append('\\').append((char) c);
    } else if (Character.isISOControl(c)) {
      line.append(String.format("\\u%04x", c));
    } else {
      line.appendCodePoint(c);
    }
  }

  private String end() {
    return line.append('\n').toString();
  }
}
