package io.sluice.manifests;

import org.jspecify.annotations.Nullable;

/**
 * The forms of names that the API server insists on. Each check gives null, or what is wrong.
 *
 * <p>Written as loops: a cluster's manifests hold hundreds of thousands of names.
 */
final class Names {
  private static final int LABEL_LENGTH = 63;
  private static final int SUBDOMAIN_LENGTH = 253;

  private Names() {}

  /** A DNS label (RFC 1123): namespaces. */
  static @Nullable String label(String name) {
    if (name.isEmpty() || name.length() > LABEL_LENGTH) {
      return "must have 1 to 63 characters";
    }
    return isDnsLabel(name, 0, name.length())
        ? null
        : "must be lower case letters, digits and '-', with a letter or digit at both ends";
  }

  /** A DNS subdomain (RFC 1123): pods, nodes, policies. */
  static @Nullable String subdomain(String name) {
    if (name.isEmpty() || name.length() > SUBDOMAIN_LENGTH) {
      return "must have 1 to 253 characters";
    }
    int start = 0;
    while (start <= name.length()) {
      int dot = name.indexOf('.', start);
      int end = dot < 0 ? name.length() : dot;
      if (!isDnsLabel(name, start, end)) {
        return "must be lower case letters, digits, '-' and '.', with a letter or digit at both"
            + " ends of each part";
      }
      start = end + 1;
    }
    return null;
  }

  /** A qualified name: the key of a label or annotation. */
  static @Nullable String qualified(String key) {
    int slash = key.indexOf('/');
    if (slash != key.lastIndexOf('/')) {
      return "a key has at most one '/'";
    }
    if (slash >= 0) {
      String prefix = subdomain(key.substring(0, slash));
      if (prefix != null) {
        return "the part before '/' " + prefix;
      }
    }
    int length = key.length() - slash - 1;
    if (length < 1 || length > LABEL_LENGTH) {
      return "the name of a key must have 1 to 63 characters";
    }
    return isWord(key, slash + 1)
        ? null
        : "a key must be letters, digits, '-', '_' and '.', with a letter or digit at both ends";
  }

  /** The value of a label. */
  static @Nullable String labelValue(String value) {
    if (value.length() > LABEL_LENGTH) {
      return "a label's value has at most 63 characters";
    }
    return value.isEmpty() || isWord(value, 0)
        ? null
        : "a label's value must be letters, digits, '-', '_' and '.', with a letter or digit at"
            + " both ends";
  }

  /** An IANA service name (RFC 6335): the name of a port. */
  static @Nullable String portName(String name) {
    if (name.isEmpty() || name.length() > 15) {
      return "a port's name has 1 to 15 characters";
    }
    boolean letter = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      letter |= isLower(c);
      boolean hyphen = c == '-' && i > 0 && i < name.length() - 1 && name.charAt(i - 1) != '-';
      if (!isLower(c) && !isDigit(c) && !hyphen) {
        return "a port's name must be lower case letters, digits and single '-' between them";
      }
    }
    return letter ? null : "a port's name must have a letter";
  }

  private static boolean isDnsLabel(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (!isLower(c) && !isDigit(c) && (c != '-' || i == start || i == end - 1)) {
        return false;
      }
    }
    return end > start;
  }

  private static boolean isWord(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inner = c == '-' || c == '_' || c == '.';
      if (!isAlphanumeric(c) && (!inner || i == start || i == text.length() - 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return isLower(c) || isDigit(c) || (c >= 'A' && c <= 'Z');
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
