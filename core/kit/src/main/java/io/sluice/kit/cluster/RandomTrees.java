package io.sluice.kit.cluster;

import io.sluice.api.resource.ClaimedResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the trees of objects, with the many ways to write the same. */
final class RandomTrees {
  private final Dice dice;

  RandomTrees(Dice dice) {
    this.dice = dice;
  }

  /** A selector, in its API form, that selects some of what these labels are put on. */
  Map<String, Object> selector(List<String> keys, List<String> values) {
    Map<String, Object> selector = new LinkedHashMap<>();
    if (dice.percent(55)) {
      Map<String, Object> labels = new LinkedHashMap<>();
      dice.some(keys, dice.percent(85) ? 1 : 2).forEach(key -> labels.put(key, dice.pick(values)));
      selector.put("matchLabels", labels);
    } else if (dice.percent(15)) {
      selector.put("matchLabels", dice.of(Map.of(), ClaimedResource.NULL));
    }
    if (selector.isEmpty() ? dice.percent(85) : dice.percent(25)) {
      List<Object> expressions = new ArrayList<>();
      for (int i = dice.percent(75) ? 1 : 2; i > 0; i--) {
        expressions.add(expression(dice.pick(keys), values));
      }
      selector.put("matchExpressions", expressions);
    } else if (dice.percent(15)) {
      selector.put("matchExpressions", dice.of(List.of(), ClaimedResource.NULL));
    }
    return selector;
  }

  private Map<String, Object> expression(String key, List<String> values) {
    Map<String, Object> expression = new LinkedHashMap<>();
    expression.put("key", key);
    String operator = dice.of("In", "In", "NotIn", "NotIn", "Exists", "DoesNotExist");
    expression.put("operator", operator);
    if (operator.endsWith("In")) {
      List<Object> listed = new ArrayList<>(dice.some(values, dice.between(1, 3)));
      if (dice.percent(10)) {
        listed.add(listed.getFirst());
      }
      expression.put("values", listed);
    } else if (dice.percent(20)) {
      expression.put("values", dice.of(List.of(), ClaimedResource.NULL));
    }
    return expression;
  }

  /** Puts the value, or what the API takes for nothing: no field, null, an empty value. */
  void putOrNothing(Map<String, Object> map, String name, Object value, Object empty, int nothing) {
    if (!dice.percent(nothing)) {
      map.put(name, value);
    } else if (dice.percent(40)) {
      map.put(name, dice.percent(50) ? ClaimedResource.NULL : empty);
    }
  }
}
