package io.sluice.engine.host;

import io.sluice.api.control.Finding;
import io.sluice.api.resource.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of the findings is told, and how often they are looked for.
 *
 * @param ignored findings that are not told
 * @param interval how often they are looked for without being asked; zero: never
 */
record LintSettings(List<Ignored> ignored, Duration interval) {
  static final int INTERVAL = 300;
  static final LintSettings DEFAULT = new LintSettings(List.of(), Duration.ofSeconds(INTERVAL));

  /** Every kind of finding. */
  private static final Set<String> IDS =
      Set.of(
          "block-covers-pods",
          "broken-manifest",
          "empty-peer",
          "last-good-policy",
          "no-default-deny",
          "no-dns-egress",
          "no-pods",
          "other-engine",
          "other-engine-unknown",
          "policy-warning",
          "redundant-policy",
          "rejected-policy",
          "shared-address",
          "unused-port");

  /**
   * One entry of the list.
   *
   * @param id the kind of finding
   * @param objects which objects
   */
  record Ignored(String id, Pattern objects) {
    private boolean fits(Finding finding) {
      return id.equals(finding.id()) && objects.matcher(finding.object()).matches();
    }
  }

  LintSettings {
    ignored = List.copyOf(ignored);
  }

  /**
   * Reads the list: {@code <id>}, or {@code <id>:<object>} in which a star stands for anything.
   *
   * @param problems told what can't be read
   */
  static LintSettings of(Set<String> ignore, int interval, List<Problem> problems) {
    List<Ignored> ignored = new ArrayList<>();
    for (String word : ignore) {
      String[] parts = word.split(":", 2);
      if (IDS.contains(parts[0])) {
        ignored.add(new Ignored(parts[0], glob(parts.length == 1 ? "*" : parts[1])));
      } else {
        problems.add(
            new Problem(
                "io.sluice.engine.cfg",
                "",
                "lintIgnore",
                "'" + word + "' begins with no kind of finding",
                "write one of " + String.join(", ", IDS.stream().sorted().toList())));
      }
    }
    return new LintSettings(ignored, Duration.ofSeconds(interval));
  }

  private static Pattern glob(String text) {
    StringBuilder pattern = new StringBuilder();
    for (String literal : text.split("\\*", -1)) {
      pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
    }
    return Pattern.compile(pattern.toString());
  }

  boolean ignores(Finding finding) {
    return ignored.stream().anyMatch(entry -> entry.fits(finding));
  }
}
