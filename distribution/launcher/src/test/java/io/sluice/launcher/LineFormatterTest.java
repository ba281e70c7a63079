package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LineFormatterTest {
  private static String format(Level level, String message, Throwable... thrown) {
    LogRecord entry = new LogRecord(level, message);
    entry.setLoggerName("io.sluice.some");
    if (thrown.length > 0) {
      entry.setThrown(thrown[0]);
    }
    return new LineFormatter().format(entry);
  }

  @Test
  void aRecordIsOneLineWithTimeLevelLoggerAndMessage() {
    String line = format(Level.WARNING, "two\nlines");
    assertTrue(
        line.matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d)"
                + " WARN  io\\.sluice\\.some: two \\| lines\n"),
        line);
  }

  @Test
  void theChainOfCausesIsOnTheSameLine() {
    Exception cause = new IOException("no such file");
    String line = format(Level.SEVERE, "can't read", new IllegalStateException("stopped", cause));
    assertTrue(
        line.contains(
            "ERROR io.sluice.some: can't read: java.lang.IllegalStateException: stopped, caused by"
                + " java.io.IOException: no such file at io.sluice.launcher.LineFormatterTest."),
        line);
    assertEquals(line.length() - 1, line.indexOf('\n'));
  }
}
