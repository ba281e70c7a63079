package io.sluice.kit.exposition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads lines into families. */
final class ExpositionReader {
  private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern TIMESTAMP = Pattern.compile("-?[0-9]{1,19}");

  private static final class Open {
    private final String name;
    private String help = "";
    private boolean helped;
    private Family.@Nullable Type type;
    private final List<Sample> samples = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    Open(String name) {
      this.name = name;
    }
  }

  private final String text;
  private final Map<String, Family> families = new LinkedHashMap<>();
  private @Nullable Open open;
  private int line;

  ExpositionReader(String text) {
    this.text = text;
  }

  Map<String, Family> read() {
    if (text.indexOf('\r') >= 0) {
      throw wrong("a carriage return");
    }
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw wrong("the last line has no end");
    }
    for (String each : text.isEmpty() ? new String[0] : text.split("\n", -1)) {
      line++;
      if (each.startsWith("#")) {
        comment(each);
      } else if (!each.isBlank()) {
        sample(each);
      }
    }
    close();
    return families;
  }

  private MalformedExpositionException wrong(String message) {
    return new MalformedExpositionException(line, message);
  }

  private void comment(String comment) {
    String[] words = comment.split(" ", 4);
    if (words.length < 3 || !(words[1].equals("HELP") || words[1].equals("TYPE"))) {
      return;
    }
    String name = words[2];
    if (!METRIC.matcher(name).matches()) {
      throw wrong("'" + name + "' is no name of a metric");
    }
    Open family = family(name);
    String rest = words.length == 4 ? words[3] : "";
    if (!family.samples.isEmpty()) {
      throw wrong(words[1] + " after samples of " + name);
    }
    if (words[1].equals("HELP")) {
      if (family.helped) {
        throw wrong("a second HELP of " + name);
      }
      family.helped = true;
      family.help = unescape(rest, false);
      return;
    }
    if (family.type != null) {
      throw wrong("a second TYPE of " + name);
    }
    family.type = type(rest);
  }

  private Family.Type type(String word) {
    for (Family.Type type : Family.Type.values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(word)) {
        return type;
      }
    }
    throw wrong("'" + word + "' is no type");
  }

  /** The family that is being told, or a new one. */
  private Open family(String name) {
    Open current = open;
    if (current != null && current.name.equals(name)) {
      return current;
    }
    close();
    if (families.containsKey(name)) {
      throw wrong("family " + name + " is told in two places");
    }
    Open next = new Open(name);
    open = next;
    return next;
  }

  private void close() {
    Open last = open;
    if (last == null) {
      return;
    }
    if (last.type == null) {
      throw wrong("family " + last.name + " has no TYPE");
    }
    families.put(last.name, new Family(last.name, last.type, last.help, last.samples));
    open = null;
  }

  private void sample(String told) {
    int end = 0;
    while (end < told.length() && told.charAt(end) != '{' && told.charAt(end) != ' ') {
      end++;
    }
    String name = told.substring(0, end);
    if (!METRIC.matcher(name).matches()) {
      throw wrong("'" + name + "' is no name of a metric");
    }
    SortedMap<String, String> labels = new TreeMap<>();
    if (end < told.length() && told.charAt(end) == '{') {
      end = labels(told, end + 1, labels);
    }
    String[] words = told.substring(end).strip().split(" +", -1);
    if (words.length > 2 || (words.length == 2 && !TIMESTAMP.matcher(words[1]).matches())) {
      throw wrong("not a value and a timestamp: '" + told.substring(end) + "'");
    }
    Open family = open;
    if (family == null || family.type == null || !belongs(name, family.name, family.type)) {
      throw wrong("sample " + name + " does not belong to the family before it");
    }
    if (!family.known.add(name + labels)) {
      throw wrong("sample " + name + labels + " is told twice");
    }
    family.samples.add(new Sample(name, labels, value(words[0])));
  }

  private static boolean belongs(String sample, String family, Family.Type type) {
    return switch (type) {
      case COUNTER, GAUGE, UNTYPED -> sample.equals(family);
      case HISTOGRAM ->
          sample.equals(family + "_bucket")
              || sample.equals(family + "_sum")
              || sample.equals(family + "_count");
      case SUMMARY ->
          sample.equals(family)
              || sample.equals(family + "_sum")
              || sample.equals(family + "_count");
    };
  }

  /** Reads labels from behind the brace; returns where the text goes on. */
  private int labels(String told, int begin, SortedMap<String, String> labels) {
    int at = begin;
    while (true) {
      if (at < told.length() && told.charAt(at) == '}') {
        return at + 1;
      }
      int equals = told.indexOf('=', at);
      if (equals < 0 || equals + 1 >= told.length() || told.charAt(equals + 1) != '"') {
        throw wrong("labels without an end");
      }
      String name = told.substring(at, equals);
      if (!LABEL.matcher(name).matches()) {
        throw wrong("'" + name + "' is no name of a label");
      }
      int end = equals + 2;
      while (end < told.length() && told.charAt(end) != '"') {
        end += told.charAt(end) == '\\' ? 2 : 1;
      }
      if (end >= told.length()) {
        throw wrong("the value of " + name + " has no end");
      }
      if (labels.put(name, unescape(told.substring(equals + 2, end), true)) != null) {
        throw wrong("label " + name + " is told twice");
      }
      at = end + 1;
      if (at < told.length() && told.charAt(at) == ',') {
        at++;
      } else if (at >= told.length() || told.charAt(at) != '}') {
        throw wrong("labels without an end");
      }
    }
  }

  private String unescape(String escaped, boolean quotes) {
    StringBuilder plain = new StringBuilder();
    int at = 0;
    while (at < escaped.length()) {
      char c = escaped.charAt(at);
      if (c != '\\') {
        plain.append(c);
        at++;
        continue;
      }
      char next = at + 1 < escaped.length() ? escaped.charAt(at + 1) : 0;
      if (next == 'n') {
        plain.append('\n');
      } else if (next == '\\' || (quotes && next == '"')) {
        plain.append(next);
      } else {
        throw wrong("an unknown escape in '" + escaped + "'");
      }
      at += 2;
    }
    return plain.toString();
  }

  private double value(String word) {
    return switch (word) {
      case "NaN" -> Double.NaN;
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        if (!NUMBER.matcher(word).matches()) {
          throw wrong("'" + word + "' is no value");
        }
        yield Double.parseDouble(word);
      }
    };
  }
}
