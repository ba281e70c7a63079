package io.sluice.launcher.support;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of a text: what looks like one wherever it stands, and every secret that is
 * known.
 */
final class Redactor {
  static final String REMOVED = "[removed]";

  /** Shorter ones would be found in half of all words. */
  private static final int SHORTEST = 4;

  private static final String WORD =
      "[\\w.\\-]*(?:passw(?:or)?d|passphrase|pwd|token|secret|credential|api[-_.]?key|access[-_.]?key"
          + "|private[-_.]?key|client[-_.]?key|certificate|cert-data|key-data|authorization"
          + "|auth[-_.]?key|kubeconfig[-_.]?data)[\\w.\\-]*";

  /** A name that says that its value is secret. */
  private static final Pattern KEY = Pattern.compile("(?i)" + WORD);

  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?i)(?<![\\w./\\-])("
              + WORD
              + "[\"']?\\s*[=:]\\s*)(\\[removed]|\"[^\"\n]*\"|'[^'\n]*'|[^\\s,;}\\]]+)");
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN [^-\n]+-----.*?(?:-----END [^-\n]+-----|\\z)", Pattern.DOTALL);
  private static final Pattern JWT = Pattern.compile("eyJ[\\w\\-]{8,}\\.[\\w\\-]{4,}\\.?[\\w\\-]*");
  private static final Pattern SCHEME =
      Pattern.compile("(?i)\\b(bearer|basic)[ \t]+[\\w+/=.~\\-]{8,}");
  private static final Pattern USER_INFO = Pattern.compile("(://)[^/@\\s:]+(?::[^/@\\s]*)?@");

  private static final Pattern PASSWORD = Pattern.compile("://[^/@\\s:]+:([^/@\\s]+)@");

  private final List<String> known;

  /**
   * Knows these secrets.
   *
   * @param secrets as they are; very short ones are left alone
   */
  Redactor(Collection<String> secrets) {
    known =
        secrets.stream()
            .filter(secret -> secret.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** Whether a setting of this name is secret. */
  static boolean isSecret(String key) {
    return KEY.matcher(key).matches();
  }

  /**
   * The values of all settings in a text whose names say that they are secret, without quotes, and
   * the passwords in its addresses.
   */
  static List<String> assigned(String text) {
    return Stream.concat(
            ASSIGNMENT.matcher(text).results().map(found -> unquoted(found.group(2))),
            PASSWORD.matcher(text).results().map(found -> found.group(1)))
        .toList();
  }

  private static String unquoted(String value) {
    return value.length() > 1 && (value.startsWith("\"") || value.startsWith("'"))
        ? value.substring(1, value.length() - 1)
        : value;
  }

  /** The text without secrets. */
  String redact(String text) {
    String left = text;
    for (String secret : known) {
      left = left.replace(secret, REMOVED);
    }
    left = PEM.matcher(left).replaceAll(REMOVED);
    left = JWT.matcher(left).replaceAll(REMOVED);
    left = SCHEME.matcher(left).replaceAll("$1 " + Matcher.quoteReplacement(REMOVED));
    left = USER_INFO.matcher(left).replaceAll("$1" + Matcher.quoteReplacement(REMOVED) + "@");
    return ASSIGNMENT.matcher(left).replaceAll("$1" + Matcher.quoteReplacement(REMOVED));
  }
}
