package io.sluice.apiserver.server;

import com.sun.net.httpserver.HttpExchange;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last requests, so that a test can see what a client asked and how often. */
final class RequestLog {
  private static final int KEPT = 20_000;

  private final Deque<String> lines = new ArrayDeque<>();

  /** Adds {@code millis method uri status}. */
  synchronized void add(HttpExchange exchange, int status) {
    lines.add(
        System.currentTimeMillis()
            + " "
            + exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + status);
    if (lines.size() > KEPT) {
      lines.removeFirst();
    }
  }

  synchronized String text() {
    return String.join("\n", lines);
  }
}
