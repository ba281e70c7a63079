package io.sluice.api.net;

import java.util.Locale;

/** The textual forms of addresses: strict parsing, canonical output (RFC 5952). */
final class IpText {
  private static final int GROUPS = 8;

  private IpText() {}

  static IpAddress parse(String text) {
    return text.indexOf(':') >= 0 ? parseV6(text) : IpAddress.v4((int) parseV4(text, text));
  }

  private static long parseV4(String part, String whole) {
    String[] numbers = part.split("\\.", -1);
    if (numbers.length != 4) {
      throw bad(whole, "an IPv4 address has four decimal numbers");
    }
    long bits = 0;
    for (String number : numbers) {
      if (number.isEmpty() || number.length() > 3 || !number.chars().allMatch(IpText::isDigit)) {
        throw bad(whole, "an IPv4 address has four decimal numbers");
      }
      if (number.length() > 1 && number.charAt(0) == '0') {
        throw bad(whole, "leading zeros are ambiguous");
      }
      int value = Integer.parseInt(number);
      if (value > 255) {
        throw bad(whole, value + " is over 255");
      }
      bits = bits << 8 | value;
    }
    return bits;
  }

  private static IpAddress parseV6(String text) {
    int gap = text.indexOf("::");
    int[] groups = new int[GROUPS];
    if (gap < 0) {
      if (fill(groups, text, text, true) != GROUPS) {
        throw bad(text, "an IPv6 address has eight groups");
      }
    } else {
      String left = text.substring(0, gap);
      String right = text.substring(gap + 2);
      int[] tail = new int[GROUPS];
      int leftCount = left.isEmpty() ? 0 : fill(groups, left, text, false);
      int rightCount = right.isEmpty() ? 0 : fill(tail, right, text, true);
      if (leftCount + rightCount >= GROUPS) {
        throw bad(text, "'::' stands for at least one group");
      }
      System.arraycopy(tail, 0, groups, GROUPS - rightCount, rightCount);
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < 4; i++) {
      high = high << 16 | groups[i];
      low = low << 16 | groups[i + 4];
    }
    if (high == 0 && low >>> 32 == 0xffffL) {
      throw bad(text, "IPv4-mapped addresses are not accepted, write the IPv4 address");
    }
    return IpAddress.v6(high, low);
  }

  private static int fill(int[] groups, String part, String whole, boolean end) {
    String[] pieces = part.split(":", -1);
    int at = 0;
    for (int i = 0; i < pieces.length; i++) {
      String piece = pieces[i];
      if (end && i == pieces.length - 1 && piece.indexOf('.') >= 0) {
        if (at + 2 > GROUPS) {
          throw bad(whole, "an IPv6 address has eight groups");
        }
        long bits = parseV4(piece, whole);
        groups[at++] = (int) (bits >>> 16);
        groups[at++] = (int) (bits & 0xffff);
      } else {
        if (piece.isEmpty() || piece.length() > 4 || !piece.chars().allMatch(IpText::isHex)) {
          throw bad(whole, "'" + piece + "' is no group of hexadecimal digits");
        }
        if (at >= GROUPS) {
          throw bad(whole, "an IPv6 address has eight groups");
        }
        groups[at++] = Integer.parseInt(piece, 16);
      }
    }
    return at;
  }

  static String format(IpAddress address) {
    if (address.family() == Family.IPV4) {
      long bits = address.low();
      return (bits >>> 24)
          + "."
          + (bits >>> 16 & 0xff)
          + "."
          + (bits >>> 8 & 0xff)
          + "."
          + (bits & 0xff);
    }
    int[] groups = new int[GROUPS];
    for (int i = 0; i < 4; i++) {
      groups[i] = (int) (address.high() >>> (48 - 16 * i) & 0xffff);
      groups[i + 4] = (int) (address.low() >>> (48 - 16 * i) & 0xffff);
    }
    int bestStart = -1;
    int bestLength = 1;
    for (int start = 0; start < GROUPS; start++) {
      int length = 0;
      while (start + length < GROUPS && groups[start + length] == 0) {
        length++;
      }
      if (length > bestLength) {
        bestStart = start;
        bestLength = length;
      }
      start += length;
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      if (i == bestStart) {
        text.append("::");
        i += bestLength - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(groups[i]).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHex(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static IllegalArgumentException bad(String text, String why) {
    return new IllegalArgumentException("'" + text + "' is not an IP address: " + why);
  }
}
