package io.sluice.translator.networkpolicy;

import io.sluice.api.policy.Direction;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code policyTypes}, with its default. */
final class TypesReader {
  private static final List<String> TYPES = List.of("Ingress", "Egress");

  private TypesReader() {}

  /**
   * The directions in which the policy isolates. Where none is given: ingress always, egress if
   * there is an egress rule.
   */
  static Set<Direction> read(Field types, Field egress) {
    Set<Direction> directions = EnumSet.noneOf(Direction.class);
    if (types.isEmpty()) {
      directions.add(Direction.INGRESS);
      if (!egress.isEmpty()) {
        directions.add(Direction.EGRESS);
      }
      return directions;
    }
    List<Field> items = types.items();
    if (items.size() > 2) {
      types.problem("more than two policy types", "list Ingress and Egress at most once each");
    }
    items.forEach(item -> type(item).ifPresent(directions::add));
    return directions;
  }

  private static Optional<Direction> type(Field field) {
    return field.text().flatMap(name -> type(field, name));
  }

  private static Optional<Direction> type(Field field, String name) {
    return switch (name) {
      case "Ingress" -> Optional.of(Direction.INGRESS);
      case "Egress" -> Optional.of(Direction.EGRESS);
      default -> {
        field.problem(
            Shown.quoted(name) + " is no policy type",
            NearName.of(name, TYPES)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("use Ingress or Egress"));
        yield Optional.empty();
      }
    };
  }
}
