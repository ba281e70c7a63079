package io.sluice.datapath.nftables;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What our table is to hold, object by object, and what has changed since it was taken last. Chains
 * are short and written anew as a whole; sets change by element.
 *
 * <p><b>Never more than the old or the new allows.</b> For one packet the kernel keeps to one
 * generation of rules, but looks sets up as they are at that moment: a packet that is half way
 * through the old rules when a transaction takes effect sees the new sets. Old rules with a peer
 * that came for a new rule could pass what neither allows. So a change that does both goes in two
 * transactions: first the rules and whatever narrows, then what widens. Any mixture of the states
 * around the first is within the old or within the new; around the second, within the new.
 */
final class Ruleset {
  /** What another element of a set does. */
  enum Effect {
    WIDENS,
    NARROWS
  }

  /**
   * What kind of set it is.
   *
   * @param map whether elements have values
   * @param type its type, as nft(8) writes it
   * @param interval whether its elements are intervals; they never change then
   * @param effect what another element does
   */
  record Kind(boolean map, String type, boolean interval, Effect effect) {
    static Kind set(String type, Effect effect) {
      return new Kind(false, type, false, effect);
    }

    static Kind intervals(String type) {
      return new Kind(false, type, true, Effect.WIDENS);
    }

    static Kind dispatch(String type) {
      return new Kind(true, type + " : verdict", false, Effect.NARROWS);
    }
  }

  private static final class Elements {
    private final Kind kind;
    private final Map<String, String> wanted = new LinkedHashMap<>();
    private final Set<String> added = new LinkedHashSet<>();
    private final Set<String> removed = new LinkedHashSet<>();
    private boolean there;

    Elements(Kind kind) {
      this.kind = kind;
    }
  }

  private final String table;
  private final Map<String, String> hooks;
  private final Map<String, Elements> sets = new LinkedHashMap<>();
  private final Map<String, List<String>> chains = new LinkedHashMap<>();
  private final Map<String, String> counters = new LinkedHashMap<>();
  private final Set<String> chainsThere = new LinkedHashSet<>();
  private final Set<String> countersThere = new LinkedHashSet<>();
  private final Set<String> chainsDirty = new LinkedHashSet<>();
  private final Set<String> setsDirty = new LinkedHashSet<>();
  private final Set<String> countersDirty = new LinkedHashSet<>();
  private final Set<String> setsGone = new LinkedHashSet<>();
  private final Set<String> chainsGone = new LinkedHashSet<>();
  private final Set<String> countersGone = new LinkedHashSet<>();

  /**
   * An empty one.
   *
   * @param table the table's name
   * @param hooks the base chains, and what they hang on, as nft(8) writes it
   */
  Ruleset(String table, Map<String, String> hooks) {
    this.table = table;
    this.hooks = Map.copyOf(hooks);
  }

  /** A counter is wanted. */
  void counter(String name) {
    object(name, "counter");
  }

  /** A named object is wanted. */
  void object(String name, String what) {
    if (!counters.containsKey(name)) {
      counters.put(name, what);
      countersDirty.add(name);
    }
  }

  /** A counter is wanted no more. */
  void dropCounter(String name) {
    counters.remove(name);
    countersDirty.remove(name);
    if (countersThere.remove(name)) {
      countersGone.add(name);
    }
  }

  /** A set is wanted, without elements. */
  void set(String name, Kind kind) {
    sets.put(name, new Elements(kind));
    setsDirty.add(name);
  }

  /** A set is wanted no more. */
  void dropSet(String name) {
    Elements elements = sets.remove(name);
    setsDirty.remove(name);
    if (elements != null && elements.there) {
      setsGone.add(name);
    }
  }

  /** An element is wanted. */
  void put(String set, String element) {
    put(set, element, "");
  }

  /** An element with a value is wanted; a value never changes. */
  void put(String set, String element, String value) {
    Elements elements = elements(set);
    if (elements.wanted.put(element, value) == null) {
      setsDirty.add(set);
      if (!elements.removed.remove(element)) {
        elements.added.add(element);
      }
    }
  }

  /** An element is wanted no more. */
  void take(String set, String element) {
    Elements elements = elements(set);
    if (elements.wanted.remove(element) != null) {
      setsDirty.add(set);
      if (!elements.added.remove(element)) {
        elements.removed.add(element);
      }
    }
  }

  private Elements elements(String set) {
    return Optional.ofNullable(sets.get(set))
        .orElseThrow(() -> new IllegalStateException("no set " + set));
  }

  /** A chain is wanted with these rules. */
  void chain(String name, List<String> rules) {
    List<String> before = chains.put(name, List.copyOf(rules));
    if (!rules.equals(before)) {
      chainsDirty.add(name);
    }
  }

  /** A chain is wanted no more. */
  void dropChain(String name) {
    chains.remove(name);
    chainsDirty.remove(name);
    if (chainsThere.remove(name)) {
      chainsGone.add(name);
    }
  }

  /** The rules of a chain. */
  List<String> rules(String chain) {
    return chains.getOrDefault(chain, List.of());
  }

  /** The elements of a set. */
  Set<String> elementsOf(String set) {
    Elements elements = sets.get(set);
    return elements == null ? Set.of() : Collections.unmodifiableSet(elements.wanted.keySet());
  }

  /** How many chains, and how many elements of sets. */
  long[] size() {
    return new long[] {
      chains.size(), sets.values().stream().mapToLong(each -> each.wanted.size()).sum()
    };
  }

  /** The transactions that lead from what was taken last to what is wanted; takes it. */
  List<String> takeChanges() {
    StringBuilder first = new StringBuilder();
    StringBuilder second = new StringBuilder();
    create(first, countersDirty, setsDirty, chainsDirty);
    for (String name : setsDirty) {
      Elements elements = elements(name);
      if (!elements.there) {
        elements(first, "add", name, elements.wanted.keySet());
        continue;
      }
      boolean widens = elements.kind.effect == Effect.WIDENS;
      elements(widens ? first : second, "delete", name, elements.removed);
      elements(widens ? second : first, "add", name, elements.added);
    }
    delete(second);
    settle();
    // What only deletes what nobody refers to any more can go along.
    if (first.isEmpty() || second.isEmpty() || !secondWidens(second)) {
      String all = first.append(second).toString();
      return all.isEmpty() ? List.of() : List.of(all);
    }
    return List.of(first.toString(), second.toString());
  }

  private static boolean secondWidens(CharSequence second) {
    return second.toString().contains(" element ");
  }

  /**
   * One transaction that replaces whatever the table holds by what is wanted, and takes it. Base
   * chains stay where they hang, so that at every moment each packet is judged by the old rules or
   * by the new.
   *
   * @param old the objects that are there now, each with its kind before its name
   */
  String replacement(Collection<String> old) {
    StringBuilder text = new StringBuilder("add table inet " + table + "\n");
    hooks.forEach((name, hook) -> command(text, "add", "chain", name, "{ " + hook + " }"));
    text.append("flush table inet ").append(table).append('\n');
    for (String kind : List.of("map", "set", "chain", "")) {
      for (String object : old) {
        String word = object.substring(0, object.indexOf(' '));
        boolean other = !List.of("map", "set", "chain").contains(word);
        String name = object.substring(word.length() + 1);
        if (kind.isEmpty() ? other : kind.equals(word)) {
          if (!word.equals("chain") || !hooks.containsKey(name)) {
            command(text, "delete", word.replace('-', ' '), name, "");
          }
        }
      }
    }
    chainsThere.clear();
    countersThere.clear();
    sets.values().forEach(each -> each.there = false);
    create(text, counters.keySet(), sets.keySet(), chains.keySet());
    sets.forEach((name, each) -> elements(text, "add", name, each.wanted.keySet()));
    chainsDirty.addAll(chains.keySet());
    countersDirty.addAll(counters.keySet());
    setsDirty.addAll(sets.keySet());
    settle();
    return text.toString();
  }

  private void create(
      StringBuilder text,
      Collection<String> newCounters,
      Collection<String> dirtySets,
      Collection<String> dirtyChains) {
    for (String name : newCounters) {
      String what = counters.getOrDefault(name, "counter");
      int space = what.indexOf(' ');
      command(
          text,
          "add",
          space < 0 ? what : what.substring(0, space),
          name,
          space < 0 ? "" : what.substring(space + 1));
    }
    for (String name : dirtySets) {
      Elements elements = elements(name);
      if (!elements.there) {
        command(
            text,
            "add",
            elements.kind.map ? "map" : "set",
            name,
            "{ type "
                + elements.kind.type
                + (elements.kind.interval ? "; flags interval; }" : "; }"));
      }
    }
    for (String name : dirtyChains) {
      if (!hooks.containsKey(name)) {
        command(text, chainsThere.contains(name) ? "flush" : "add", "chain", name, "");
      } else if (chainsThere.contains(name)) {
        command(text, "flush", "chain", name, "");
      }
    }
    for (String name : dirtyChains) {
      for (String rule : rules(name)) {
        command(text, "add", "rule", name, rule);
      }
    }
  }

  private void elements(StringBuilder text, String verb, String set, Collection<String> which) {
    if (which.isEmpty()) {
      return;
    }
    Elements elements = elements(set);
    List<String> written = new ArrayList<>(which.size());
    for (String element : which) {
      String value = elements.wanted.getOrDefault(element, "");
      written.add(verb.equals("add") && !value.isEmpty() ? element + " : " + value : element);
    }
    command(text, verb, "element", set, "{ " + String.join(", ", written) + " }");
  }

  private void delete(StringBuilder text) {
    chainsGone.forEach(name -> command(text, "flush", "chain", name, ""));
    chainsGone.forEach(name -> command(text, "delete", "chain", name, ""));
    setsGone.forEach(name -> command(text, "delete", "set", name, ""));
    countersGone.forEach(name -> command(text, "delete", "counter", name, ""));
  }

  private void command(StringBuilder text, String verb, String kind, String name, String rest) {
    text.append(verb).append(' ').append(kind).append(" inet ").append(table).append(' ');
    text.append(name).append(' ').append(rest).append('\n');
  }

  private void settle() {
    chainsThere.addAll(chainsDirty);
    countersThere.addAll(countersDirty);
    for (String name : setsDirty) {
      Elements elements = elements(name);
      elements.there = true;
      elements.added.clear();
      elements.removed.clear();
    }
    for (Set<String> each :
        List.of(chainsDirty, countersDirty, setsDirty, chainsGone, countersGone, setsGone)) {
      each.clear();
    }
  }
}
