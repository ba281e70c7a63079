package io.sluice.example.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyTranslator;
import io.sluice.api.policy.Tier;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.policy.Translation;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.Requirement;
import io.sluice.kit.policy.PolicyTranslatorContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuarantineTranslatorTest extends PolicyTranslatorContract {
  private static final Map<String, Object> WEB =
      Map.of("podSelector", Map.of("matchLabels", Map.of("app", "web")), "reason", "mines coins");

  @Override
  protected PolicyTranslator translator() {
    return new QuarantineTranslator();
  }

  @Override
  protected List<ClaimedResource> valid() {
    return List.of(quarantine(WEB), quarantine(Map.of("podSelector", Map.of())));
  }

  private static ClaimedResource quarantine(Map<String, Object> spec) {
    return new ClaimedResource(
        new ResourceKey(QuarantineTranslator.KIND, "shop", "suspicious"),
        "v1",
        "",
        Map.of(
            "apiVersion",
            "examples.sluice.io/v1",
            "kind",
            "Quarantine",
            "metadata",
            Map.of("name", "suspicious", "namespace", "shop"),
            "spec",
            spec),
        "quarantine.yaml");
  }

  private List<String> refused(Map<String, Object> spec) {
    return assertInstanceOf(Translation.Rejected.class, translator().translate(quarantine(spec)))
        .problems()
        .stream()
        .map(Problem::field)
        .toList();
  }

  @Test
  void nothingGoesInAndNothingGoesOut() {
    TranslatedPolicy policy =
        assertInstanceOf(Translation.Accepted.class, translator().translate(quarantine(WEB)))
            .translated();
    assertEquals(Tier.ADMIN, policy.tier());
    assertEquals(LabelSelector.of(Requirement.equal("app", "web")), policy.subject().pods());
    assertEquals(
        List.of(Direction.INGRESS, Direction.EGRESS),
        policy.rules().stream().map(rule -> rule.direction()).toList());
  }

  @Test
  void everyPodOfANamespaceIsWorthAWarning() {
    assertEquals(
        1,
        assertInstanceOf(
                Translation.Accepted.class,
                translator().translate(quarantine(Map.of("podSelector", Map.of()))))
            .warnings()
            .size());
  }

  @Test
  void whatIsRefusedIsNamed() {
    assertEquals(List.of("spec.podSelector"), refused(Map.of()));
    assertEquals(
        List.of("spec.podSelector.matchExpressions"),
        refused(Map.of("podSelector", Map.of("matchExpressions", List.of()))));
    assertEquals(
        List.of("spec.podSelector.matchLabels.app"),
        refused(Map.of("podSelector", Map.of("matchLabels", Map.of("app", 1L)))));
    assertEquals(
        List.of("spec.podSelector.matchLabels.-"),
        refused(Map.of("podSelector", Map.of("matchLabels", Map.of("-", "a")))));
    assertEquals(List.of("spec.reason"), refused(Map.of("podSelector", Map.of(), "reason", 7L)));
  }
}
