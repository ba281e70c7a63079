package io.sluice.launcher;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One line a record: time, level, logger, message, and the chain of causes with the place where the
 * innermost was thrown.
 */
public final class LineFormatter extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");

  private final ZoneId zone = ZoneId.systemDefault();

  @Override
  public String format(LogRecord entry) {
    StringBuilder line = new StringBuilder(160);
    TIME.formatTo(Instant.ofEpochMilli(entry.getMillis()).atZone(zone), line);
    line.append(' ').append(level(entry)).append(' ').append(entry.getLoggerName()).append(": ");
    line.append(oneLine(formatMessage(entry)));
    Throwable thrown = entry.getThrown();
    for (int depth = 0; thrown != null && depth < 8; depth++) {
      line.append(depth == 0 ? ": " : ", caused by ").append(oneLine(thrown.toString()));
      if (thrown.getCause() == null && thrown.getStackTrace().length > 0) {
        line.append(" at ").append(thrown.getStackTrace()[0]);
      }
      thrown = thrown.getCause();
    }
    return line.append('\n').toString();
  }

  private static String oneLine(String text) {
    return text.strip().replace("\r", "").replace("\n", " | ");
  }

  private static String level(LogRecord entry) {
    int value = entry.getLevel().intValue();
    if (value >= java.util.logging.Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= java.util.logging.Level.WARNING.intValue()) {
      return "WARN ";
    }
    return value >= java.util.logging.Level.INFO.intValue() ? "INFO " : "DEBUG";
  }
}
