package io.sluice.translator.networkpolicy;

import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRule;
import io.sluice.api.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * API type {@code NetworkPolicySpec}.
 *
 * @param subject the pods it is about, if that could be read
 * @param isolates the directions in which it isolates them
 * @param rules the rules of these directions
 */
record Spec(Optional<LabelSelector> subject, Set<Direction> isolates, List<PolicyRule> rules) {
  private static final KnownFields SPEC =
      KnownFields.of("podSelector", "policyTypes", "ingress", "egress")
          .notHere(
              Map.of(
                  "from", "it stands in an item of the list 'ingress'",
                  "to", "it stands in an item of the list 'egress'",
                  "ports", "it stands in an item of the list 'ingress' or 'egress'",
                  "namespaceSelector", "a policy is about pods of its own namespace only"));

  static Spec read(Field field, String namespace) {
    Fields fields = field.object(SPEC);
    if (!field.given()) {
      field.warning(
          "nothing is specified, so every pod of the namespace is isolated for ingress",
          "write 'podSelector: {}' if that is meant");
    }
    Optional<LabelSelector> subject = subject(fields);
    Field types = fields.get("policyTypes");
    Set<Direction> isolates = TypesReader.read(types, fields.get("egress"));
    List<PolicyRule> rules = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      Field list = fields.get(direction == Direction.INGRESS ? "ingress" : "egress");
      // Rules of a direction that is not listed are checked all the same, as the API does.
      List<PolicyRule> read = RuleReader.read(list, direction, namespace);
      if (isolates.contains(direction)) {
        rules.addAll(read);
      } else if (!list.isEmpty()) {
        list.warning("these rules have no effect: policyTypes leaves them out", "add the type");
      } else if (list.given() && types.isEmpty()) {
        list.warning(
            "an empty list isolates nothing for egress while policyTypes is not given",
            "to deny all egress, write 'policyTypes: [Egress]'");
      }
    }
    return new Spec(subject, isolates, rules);
  }

  /** Nobody knows whom the policy is about if a misspelt field may have been the selector. */
  private static Optional<LabelSelector> subject(Fields fields) {
    Field field = fields.get("podSelector");
    int before = field.problems();
    LabelSelector selector = SelectorReader.read(field);
    boolean readable = field.problems() == before && (field.given() || fields.sound());
    return readable ? Optional.of(selector) : Optional.empty();
  }
}
