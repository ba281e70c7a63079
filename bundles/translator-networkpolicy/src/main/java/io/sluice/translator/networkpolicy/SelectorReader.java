package io.sluice.translator.networkpolicy;

import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads API type {@code LabelSelector}. */
final class SelectorReader {
  private static final KnownFields SELECTOR =
      KnownFields.of("matchLabels", "matchExpressions")
          .or("labels to match stand under 'matchLabels'");
  private static final KnownFields REQUIREMENT = KnownFields.of("key", "operator", "values");
  private static final List<String> OPERATORS = List.of("In", "NotIn", "Exists", "DoesNotExist");

  private SelectorReader() {}

  /** The selector that stands here; nothing or {@code {}} selects everything. */
  static LabelSelector read(Field field) {
    Fields selector = field.object(SELECTOR);
    List<Requirement> requirements = new ArrayList<>();
    for (Map.Entry<String, Field> entry : selector.get("matchLabels").entries().all()) {
      Field label = entry.getValue();
      boolean goodKey = Syntax.QUALIFIED_NAME.check(label, entry.getKey());
      labelValue(label)
          .filter(value -> goodKey)
          .ifPresent(value -> requirements.add(Requirement.equal(entry.getKey(), value)));
    }
    for (Field item : selector.get("matchExpressions").items()) {
      requirement(item).ifPresent(requirements::add);
    }
    return new LabelSelector(requirements);
  }

  private static Optional<Requirement> requirement(Field field) {
    int before = field.problems();
    Fields fields = field.object(REQUIREMENT);
    if (!fields.sound()) {
      return Optional.empty();
    }
    Field keyField = fields.get("key");
    String key = keyField.text().orElse("");
    if (keyField.string().isPresent()) {
      Syntax.QUALIFIED_NAME.check(keyField, key);
    }
    Field valuesField = fields.get("values");
    List<String> values = new ArrayList<>();
    valuesField.items().forEach(item -> labelValue(item).ifPresent(values::add));
    Optional<Requirement.Operator> operator = operator(fields.get("operator"));
    operator.ifPresent(known -> checkCount(known, valuesField));
    return field.problems() > before
        ? Optional.empty()
        : operator.map(known -> new Requirement(key, known, values));
  }

  private static void checkCount(Requirement.Operator operator, Field values) {
    boolean wanted = operator == Requirement.Operator.IN || operator == Requirement.Operator.NOT_IN;
    boolean none = values.isEmpty();
    if (wanted && none) {
      values.problem("In and NotIn need at least one value", "list the values to compare with");
    } else if (!wanted && !none) {
      values.problem("Exists and DoesNotExist take no values", "remove the values");
    }
  }

  private static Optional<Requirement.Operator> operator(Field field) {
    return field.text().flatMap(name -> operator(field, name));
  }

  private static Optional<Requirement.Operator> operator(Field field, String name) {
    return switch (name) {
      case "In" -> Optional.of(Requirement.Operator.IN);
      case "NotIn" -> Optional.of(Requirement.Operator.NOT_IN);
      case "Exists" -> Optional.of(Requirement.Operator.EXISTS);
      case "DoesNotExist" -> Optional.of(Requirement.Operator.DOES_NOT_EXIST);
      default -> {
        field.problem(
            Shown.quoted(name) + " is no operator of label selectors",
            NearName.of(name, OPERATORS)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("use one of " + String.join(", ", OPERATORS)));
        yield Optional.empty();
      }
    };
  }

  /** A label's value. A null would be read as an empty value by the API; nobody means that. */
  private static Optional<String> labelValue(Field field) {
    if (!field.given()) {
      field.problem("nothing is no label value", "write \"\" to match an empty value");
      return Optional.empty();
    }
    return field.text().filter(text -> Syntax.LABEL_VALUE.check(field, text));
  }
}
