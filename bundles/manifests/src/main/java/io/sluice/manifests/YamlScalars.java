package io.sluice.manifests;

import io.sluice.api.resource.ClaimedResource;

/**
 * What a plain YAML scalar means: null, true and false and numbers as the tools of Kubernetes read
 * them (a leading zero is octal); everything else is a string, also {@code yes}, {@code off} and
 * dates.
 */
final class YamlScalars {
  private YamlScalars() {}

  static Object resolve(String text) {
    if (text.isEmpty()) {
      return ClaimedResource.NULL;
    }
    char first = text.charAt(0);
    if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
      return number(text);
    }
    return switch (text) {
      case "~", "null", "Null", "NULL" -> ClaimedResource.NULL;
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> text;
    };
  }

  private static Object number(String text) {
    char sign = text.charAt(0);
    int start = sign == '-' || sign == '+' ? 1 : 0;
    if (isDigits(text, start, 10)) {
      boolean octal = text.length() - start > 1 && text.charAt(start) == '0';
      return !octal
          ? integer(text, start, 10)
          : isDigits(text, start, 8) ? integer(text, start, 8) : (Object) Double.valueOf(text);
    }
    if (text.length() - start > 2 && text.charAt(start) == '0') {
      int radix =
          switch (text.charAt(start + 1)) {
            case 'x' -> 16;
            case 'o' -> 8;
            case 'b' -> 2;
            default -> 0;
          };
      if (radix != 0 && isDigits(text, start + 2, radix)) {
        return integer(text, start + 2, radix);
      }
    }
    if (isDecimal(text, start)) {
      return Double.valueOf(text);
    }
    return switch (text.substring(start)) {
      case ".inf", ".Inf", ".INF" ->
          sign == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      case ".nan", ".NaN", ".NAN" -> start == 0 ? (Object) Double.NaN : text;
      default -> text;
    };
  }

  private static Object integer(String text, int digits, int radix) {
    boolean negative = text.charAt(0) == '-';
    String number = text.substring(digits);
    if (number.length() > 64) {
      return text;
    }
    try {
      return Long.parseLong(negative ? "-" + number : number, radix);
    } catch (NumberFormatException e) {
      // Wider than 64 bits: a number still, but no field holds it.
      return new java.math.BigInteger(number, radix).doubleValue() * (negative ? -1 : 1);
    }
  }

  private static boolean isDigits(String text, int start, int radix) {
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 'f' || Character.digit(c, radix) < 0) {
        return false;
      }
    }
    return text.length() > start;
  }

  /** Digits with a point or an exponent, as in {@code 1.10}, {@code .5} or {@code 1e3}. */
  private static boolean isDecimal(String text, int start) {
    int i = start;
    int digits = 0;
    boolean point = false;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (digits == 0 || i == text.length()) {
      return digits > 0;
    }
    if (text.charAt(i) != 'e' && text.charAt(i) != 'E') {
      return false;
    }
    i++;
    if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
      i++;
    }
    return isDigits(text, i, 10);
  }
}
