package io.sluice.apiserver.server;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong at the moment; switched over HTTP while the server runs. */
final class Faults {
  private volatile long slowMillis;
  private volatile String slowOn = "";
  private int status;
  private int times;
  private String on = "";
  private String retryAfter = "";
  private int truncations;
  private int expiries;
  private final Set<String> forbidden = ConcurrentHashMap.newKeySet();

  /**
   * An answer that replaces the real one.
   *
   * @param status the HTTP status
   * @param retryAfter the header's value, or empty
   */
  record Refusal(int status, String retryAfter) {}

  /** Everything is well again. */
  synchronized void clear() {
    slowMillis = 0;
    times = 0;
    truncations = 0;
    expiries = 0;
    forbidden.clear();
  }

  /**
   * Switches faults.
   *
   * @param wanted the names and values of a query: {@code slow} (milliseconds), {@code status} with
   *     {@code times}, {@code retryAfter} and {@code on} (a plural), {@code truncate} (so many
   *     lists end in the middle), {@code expire} (so many continue tokens are expired), {@code
   *     forbid} (a plural)
   */
  synchronized void set(Map<String, String> wanted) {
    if (wanted.containsKey("slow")) {
      slowMillis = Long.parseLong(wanted.getOrDefault("slow", "0"));
      slowOn = wanted.getOrDefault("on", "");
    }
    if (wanted.containsKey("status")) {
      status = Integer.parseInt(wanted.getOrDefault("status", "500"));
      times = Integer.parseInt(wanted.getOrDefault("times", "1000000000"));
      retryAfter = wanted.getOrDefault("retryAfter", "");
      on = wanted.getOrDefault("on", "");
    }
    truncations = Integer.parseInt(wanted.getOrDefault("truncate", "" + truncations));
    expiries = Integer.parseInt(wanted.getOrDefault("expire", "" + expiries));
    if (wanted.containsKey("forbid")) {
      forbidden.add(wanted.getOrDefault("forbid", ""));
    }
  }

  /** How long an answer about this type waits. */
  long slow(String plural) {
    return slowOn.isEmpty() || slowOn.equals(plural) ? slowMillis : 0;
  }

  /** The answer that replaces the next one about this type. */
  synchronized Optional<Refusal> refusal(String plural) {
    if (times <= 0 || !(on.isEmpty() || on.equals(plural))) {
      return Optional.empty();
    }
    times--;
    return Optional.of(new Refusal(status, retryAfter));
  }

  boolean isForbidden(String plural) {
    return forbidden.contains(plural);
  }

  /** Whether the next list is to end in its middle. */
  synchronized boolean truncate() {
    return truncations > 0 && truncations-- > 0;
  }

  /** Whether the next continue token is to be taken for an expired one. */
  synchronized boolean expire() {
    return expiries > 0 && expiries-- > 0;
  }
}
