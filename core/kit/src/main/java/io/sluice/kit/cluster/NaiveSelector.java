package io.sluice.kit.cluster;

import java.util.Map;

/** Label selectors in their API form (semantics of API type {@code LabelSelector}). */
final class NaiveSelector {
  private NaiveSelector() {}

  /** Whether a selector selects these labels; nothing and {@code {}} select all. */
  static boolean selects(Object selector, Map<String, String> labels) {
    for (Map.Entry<?, ?> wanted : Tree.map(Tree.get(selector, "matchLabels")).entrySet()) {
      if (!labels.containsKey(wanted.getKey())
          || !labels.get(wanted.getKey()).equals(wanted.getValue())) {
        return false;
      }
    }
    for (Object expression : Tree.list(Tree.get(selector, "matchExpressions"))) {
      if (!meets(expression, labels)) {
        return false;
      }
    }
    return true;
  }

  private static boolean meets(Object expression, Map<String, String> labels) {
    Object key = Tree.get(expression, "key");
    boolean present = labels.containsKey(key);
    boolean listed = present && Tree.list(Tree.get(expression, "values")).contains(labels.get(key));
    return switch (Tree.text(Tree.get(expression, "operator"))) {
      case "In" -> listed;
      case "NotIn" -> !listed;
      case "Exists" -> present;
      case "DoesNotExist" -> !present;
      default -> throw new IllegalArgumentException("no operator: " + expression);
    };
  }
}
