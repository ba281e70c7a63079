package io.sluice.translator.networkpolicy;

import java.util.regex.Pattern;

/** The syntax of names in the API (apimachinery: DNS-1123, qualified names, label values). */
enum Syntax {
  /** A name of an object: DNS-1123 subdomain. */
  SUBDOMAIN(
      "a DNS-1123 subdomain",
      "use at most 253 lower-case letters, digits, '-' and '.'; every part begins and ends with a"
          + " letter or digit"),
  /** A name of a namespace: DNS-1123 label. */
  DNS_LABEL(
      "a DNS-1123 label",
      "use at most 63 lower-case letters, digits and '-'; begin and end with a letter or digit"),
  /** A key of a label or annotation: an optional DNS prefix and a name. */
  QUALIFIED_NAME(
      "a label key",
      "use at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or"
          + " digit; a DNS name and '/' may stand before"),
  /** A value of a label; may be empty. */
  LABEL_VALUE(
      "a label value",
      "use at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or"
          + " digit, or nothing at all"),
  /** A name of a port: IANA service name (RFC 6335 section 5.1). */
  PORT_NAME(
      "a port name",
      "use at most 15 lower-case letters, digits and '-', among them a letter; no '-' at an end or"
          + " beside another");

  private static final Pattern LOWER = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

  private final String what;
  private final String remedy;

  Syntax(String what, String remedy) {
    this.what = what;
    this.remedy = remedy;
  }

  /** Whether the text is written so; if not, that is a problem of the field. */
  boolean check(Field field, String text) {
    if (accepts(text)) {
      return true;
    }
    field.problem(Shown.quoted(text) + " is not " + what, remedy);
    return false;
  }

  private boolean accepts(String text) {
    return switch (this) {
      case SUBDOMAIN -> isSubdomain(text);
      case DNS_LABEL -> text.length() <= 63 && LOWER.matcher(text).matches();
      case QUALIFIED_NAME -> isQualifiedName(text);
      case LABEL_VALUE -> text.isEmpty() || isName(text);
      case PORT_NAME -> isPortName(text);
    };
  }

  private static boolean isSubdomain(String text) {
    if (text.length() > 253) {
      return false;
    }
    for (String part : text.split("\\.", -1)) {
      if (!LOWER.matcher(part).matches()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isQualifiedName(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? isName(text)
        : isSubdomain(text.substring(0, slash)) && isName(text.substring(slash + 1));
  }

  private static boolean isName(String text) {
    return text.length() <= 63 && NAME.matcher(text).matches();
  }

  private static boolean isPortName(String text) {
    return text.length() <= 15
        && LOWER.matcher(text).matches()
        && !text.contains("--")
        && text.chars().anyMatch(c -> c >= 'a' && c <= 'z');
  }
}
