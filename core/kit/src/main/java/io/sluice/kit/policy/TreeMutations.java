package io.sluice.kit.policy;

import io.sluice.api.resource.ClaimedResource;
import io.sluice.kit.cluster.Dice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Copies of trees with something changed in them, and trees of nothing but chance. */
final class TreeMutations {
  private static final int DEEPEST = 5;

  private TreeMutations() {}

  /** An equal tree without any object in common, but for strings and numbers. */
  static Object copy(Object tree) {
    return rebuilt(tree, node -> node);
  }

  /** For each map in the tree a copy with one more field in that map. */
  static List<Object> withExtraField(Object tree, String field, Object value) {
    return each(
        tree,
        Map.class::isInstance,
        map -> {
          Map<Object, Object> more = new LinkedHashMap<>((Map<?, ?>) map);
          more.put(field, value);
          return more;
        });
  }

  /** For each list in the tree a copy with a null item in that list. */
  static List<Object> withNullItem(Object tree) {
    return each(
        tree,
        List.class::isInstance,
        list -> {
          List<Object> more = new ArrayList<>((List<?>) list);
          more.add(ClaimedResource.NULL);
          return more;
        });
  }

  /** A copy with one place, drawn, replaced by a value of chance. */
  static Object withOddPlace(Object tree, Dice dice) {
    int places = each(tree, node -> true, node -> node).size();
    int[] left = {dice.below(places)};
    Object odd = garbage(dice, 0);
    return rebuilt(tree, node -> left[0]-- == 0 ? odd : node);
  }

  /** For each node that is meant, a copy of the whole tree with that node changed. */
  private static List<Object> each(
      Object tree, java.util.function.Predicate<Object> meant, Function<Object, Object> change) {
    int[] count = {0};
    rebuilt(
        tree,
        node -> {
          count[0] += meant.test(node) ? 1 : 0;
          return node;
        });
    List<Object> copies = new ArrayList<>();
    for (int i = 0; i < count[0]; i++) {
      int[] left = {i};
      copies.add(
          rebuilt(tree, node -> meant.test(node) && left[0]-- == 0 ? change.apply(node) : node));
    }
    return copies;
  }

  /** A copy in which every node, children first, is what the function makes of it. */
  private static Object rebuilt(Object node, Function<Object, Object> change) {
    return change.apply(
        switch (node) {
          case Map<?, ?> map -> {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(key, rebuilt(value, change)));
            yield copy;
          }
          case List<?> list -> {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(rebuilt(item, change)));
            yield copy;
          }
          default -> node;
        });
  }

  /** A value of chance: any type of JSON, numbers at their limits, texts of all sorts. */
  static Object garbage(Dice dice, int depth) {
    return switch (dice.below(depth < DEEPEST ? 9 : 6)) {
      case 0 -> ClaimedResource.NULL;
      case 1 -> dice.of(Long.MIN_VALUE, -1L, 0L, 1L, 65536L, Long.MAX_VALUE);
      case 2 -> dice.of(-0.0, 0.5, 80.0, Double.NaN, Double.POSITIVE_INFINITY);
      case 3 -> dice.percent(50);
      case 4, 5 -> text(dice);
      case 6 -> {
        List<Object> list = new ArrayList<>();
        for (int i = dice.below(4); i > 0; i--) {
          list.add(garbage(dice, depth + 1));
        }
        yield list;
      }
      default -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = dice.below(4); i > 0; i--) {
          map.put(dice.percent(95) ? text(dice) : (Object) 1L, garbage(dice, depth + 1));
        }
        yield map;
      }
    };
  }

  private static String text(Dice dice) {
    return dice.of(
        "",
        " ",
        "a",
        "spec",
        "metadata",
        "name",
        "\0",
        "ä€\uD800",
        "/",
        "::/-1",
        "1.2.3.4/33",
        "%s%n",
        "x".repeat(100_000),
        "a.".repeat(5_000) + "a",
        "a-".repeat(5_000) + "a");
  }
}
