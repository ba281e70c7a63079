package io.sluice.datapath.nftables.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads commands and writes messages. Understood are adding the table, base chains, chains, rules,
 * sets, maps, elements, counters and limits, deleting and flushing them, and in rules what {@link
 * RuleWriter} reads. Elements are understood of sets that were added here.
 */
final class Commands {
  private static final int COUNTER = 1;
  private static final int LIMIT = 4;
  private static final Map<String, Integer> HOOKS =
      Map.of("prerouting", 0, "input", 1, "forward", 2, "output", 3, "postrouting", 4);
  private static final Map<String, Integer> PRIORITIES = Map.of("raw", -300, "filter", 0);

  private final Map<String, SetType> sets;
  private final Map<String, SetType> added = new HashMap<>();
  private final List<String> removed = new ArrayList<>();
  private final Batch batch = new Batch();
  private final String text;
  private int at;

  private Commands(String text, Map<String, SetType> sets) {
    this.text = text;
    this.sets = sets;
  }

  /**
   * Reads all commands, one a line.
   *
   * @param sets the sets that are known, by name; what is added or deleted is noted here
   * @throws UnknownCommandException if there is one among them that is not understood
   */
  static Batch batch(String text, Map<String, SetType> sets) throws UnknownCommandException {
    Commands commands = new Commands(text, sets);
    while (commands.at < text.length()) {
      commands.line();
    }
    commands.removed.forEach(sets::remove);
    sets.putAll(commands.added);
    return commands.batch;
  }

  private String word() {
    int end = at;
    while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != '\n') {
      end++;
    }
    String word = text.substring(at, end);
    at = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
    return word;
  }

  private void line() throws UnknownCommandException {
    String verb = word();
    String kind = word();
    if (!word().equals("inet")) {
      throw new UnknownCommandException(verb);
    }
    String table = word();
    String name = word();
    int end = text.indexOf('\n', at);
    end = end < 0 ? text.length() : end;
    String rest = text.substring(at, end).strip();
    at = end + 1;
    String command = String.join(" ", verb, kind, name);
    switch (verb) {
      case "add" -> add(command, kind, table, name, rest);
      case "delete" -> delete(command, kind, table, name, rest);
      case "flush" -> {
        if (!kind.equals("table") && !kind.equals("chain")) {
          throw new UnknownCommandException(command);
        }
        batch.add(Batch.DELETE_RULE, command, to -> names(to, table, 2, name));
      }
      default -> throw new UnknownCommandException(verb);
    }
  }

  private static void names(Attributes to, String table, int type, String name) {
    to.text(1, table);
    if (!name.isEmpty()) {
      to.text(type, name);
    }
  }

  private void add(String command, String kind, String table, String name, String rest)
      throws UnknownCommandException {
    switch (kind) {
      case "table" -> batch.add(Batch.NEW_TABLE, command, to -> to.text(1, table));
      case "chain" ->
          batch.add(
              Batch.NEW_CHAIN,
              command,
              to -> {
                names(to, table, 3, name);
                if (!rest.isEmpty()) {
                  hook(rest, to);
                }
              });
      case "rule" ->
          batch.add(
              Batch.NEW_RULE,
              command,
              to -> {
                names(to, table, 2, name);
                int expressions = to.begin(4);
                RuleWriter.write(rest, to);
                to.end(expressions);
              });
      case "set", "map" -> {
        SetType type = SetType.of(braced(rest));
        added.put(name, type);
        batch.add(
            Batch.NEW_SET,
            command,
            to -> {
              names(to, table, 2, name);
              type.describe(to);
              to.number(10, added.size());
            });
      }
      case "element" -> elements(Batch.NEW_ELEMENTS, command, table, name, rest);
      case "counter", "limit" ->
          batch.add(Batch.NEW_OBJECT, command, to -> object(kind, table, name, rest, to));
      default -> throw new UnknownCommandException(command);
    }
  }

  private void delete(String command, String kind, String table, String name, String rest)
      throws UnknownCommandException {
    switch (kind) {
      case "table" -> batch.add(Batch.DELETE_TABLE, command, to -> to.text(1, table));
      case "chain" -> batch.add(Batch.DELETE_CHAIN, command, to -> names(to, table, 3, name));
      case "set", "map" -> {
        removed.add(name);
        batch.add(Batch.DELETE_SET, command, to -> names(to, table, 2, name));
      }
      case "element" -> elements(Batch.DELETE_ELEMENTS, command, table, name, rest);
      case "counter", "limit" ->
          batch.add(
              Batch.DELETE_OBJECT,
              command,
              to -> {
                names(to, table, 2, name);
                to.number(3, kind.equals("counter") ? COUNTER : LIMIT);
              });
      default -> throw new UnknownCommandException(command);
    }
  }

  /** Elements, in as many messages as their attribute's length demands. */
  private void elements(int message, String command, String table, String set, String rest)
      throws UnknownCommandException {
    SetType type = added.getOrDefault(set, sets.get(set));
    if (type == null) {
      throw new UnknownCommandException(command);
    }
    String[] elements = braced(rest).split(", ", -1);
    int[] next = new int[1];
    while (next[0] < elements.length) {
      batch.add(
          message,
          command,
          to -> {
            names(to, table, 2, set);
            int list = to.begin(3);
            while (next[0] < elements.length) {
              int before = to.position();
              type.element(elements[next[0]], to);
              if (to.position() - list > Attributes.LONGEST) {
                to.back(before);
                break;
              }
              next[0]++;
            }
            to.end(list);
          });
    }
  }

  private static String braced(String rest) throws UnknownCommandException {
    if (!rest.startsWith("{ ") || !rest.endsWith(" }")) {
      throw new UnknownCommandException(rest);
    }
    return rest.substring(2, rest.length() - 2);
  }

  /** Reads for example {@code type filter hook forward priority raw; policy accept;}. */
  private static void hook(String rest, Attributes to) throws UnknownCommandException {
    Words words = new Words(braced(rest).replace(";", " ;"));
    words.require("type");
    String type = words.next();
    words.require("hook");
    Integer hook = HOOKS.get(words.next());
    words.require("priority");
    Integer priority = PRIORITIES.get(words.next());
    words.require(";");
    words.require("policy");
    words.require("accept");
    if (hook == null || priority == null) {
      throw new UnknownCommandException(rest);
    }
    int attribute = to.begin(4);
    to.number(1, hook);
    to.number(2, priority);
    to.end(attribute);
    to.number(5, 1);
    to.text(7, type);
  }

  private static void object(String kind, String table, String name, String rest, Attributes to)
      throws UnknownCommandException {
    names(to, table, 2, name);
    if (kind.equals("counter")) {
      to.number(3, COUNTER);
      int data = to.begin(4);
      to.longNumber(1, 0);
      to.longNumber(2, 0);
      to.end(data);
      return;
    }
    Words words = new Words(braced(rest));
    words.require("rate");
    String rate = words.next();
    words.require("burst");
    int burst = RuleWriter.number(words.next());
    words.require("packets");
    if (!rate.endsWith("/second")) {
      throw new UnknownCommandException(rate);
    }
    to.number(3, LIMIT);
    int data = to.begin(4);
    to.longNumber(1, RuleWriter.number(rate.replace("/second", "")));
    to.longNumber(2, 1);
    to.number(3, burst);
    to.number(4, 0);
    to.number(5, 0);
    to.end(data);
  }
}
