package io.sluice.kit.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PolicyRule;
import io.sluice.api.policy.PolicyTranslator;
import io.sluice.api.policy.Tier;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.policy.Translation;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.ResourceKey;
import io.sluice.kit.cluster.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link PolicyTranslator} keeps; the numbers are those of its contract. */
public abstract class PolicyTranslatorContract {
  private static final int ROUNDS = 2_000;
  private static final int THREADS = 4;

  /** So deep in a tree that only simple values follow. */
  private static final int DEEP = 99;

  /** The translator under test. */
  protected abstract PolicyTranslator translator();

  /**
   * Valid objects of every claimed kind that together use every field of the dialect. No map in
   * them may take keys and values of any sort.
   */
  protected abstract List<ClaimedResource> valid();

  @Test
  void contract1EqualObjectsGiveEqualResultsAndStayAsTheyAre() {
    for (ClaimedResource resource : valid()) {
      Translation first = translator().translate(resource);
      ClaimedResource twin = with(resource, TreeMutations.copy(resource.content()));
      Object before = TreeMutations.copy(resource.content());
      for (ClaimedResource other : valid()) {
        translator().translate(other);
      }
      assertEquals(first, translator().translate(twin));
      assertEquals(first, translator().translate(resource));
      assertEquals(before, resource.content());
    }
  }

  @Test
  void contract2NothingIsThrownHoweverOddTheTreeIs() {
    Dice dice = new Dice(2);
    for (int i = 0; i < ROUNDS; i++) {
      ClaimedResource sample = dice.pick(valid());
      Object tree =
          dice.percent(20)
              ? TreeMutations.garbage(dice, 0)
              : TreeMutations.withOddPlace(sample.content(), dice);
      checkShape(with(sample, tree));
    }
  }

  @Test
  void contract2NamesOfAnySortAreAnsweredToo() {
    Dice dice = new Dice(3);
    for (int i = 0; i < ROUNDS; i++) {
      ClaimedResource sample = dice.pick(valid());
      String odd = String.valueOf(TreeMutations.garbage(dice, DEEP));
      ResourceKey key =
          new ResourceKey(
              sample.key().kind(),
              dice.percent(50) ? odd : sample.key().namespace(),
              dice.percent(50) ? odd : sample.key().name());
      checkShape(new ClaimedResource(key, odd, odd, sample.content(), sample.origin()));
    }
  }

  @Test
  void contract3WhatIsValidIsAccepted() {
    assertFalse(valid().isEmpty());
    for (ClaimedResource resource : valid()) {
      assertInstanceOf(Translation.Accepted.class, translator().translate(resource));
    }
  }

  @Test
  void contract3AnUnknownFieldAnywhereIsRejectedAndNamed() {
    String unknown = "no such field!";
    for (ClaimedResource resource : valid()) {
      for (Object tree :
          TreeMutations.withExtraField(resource.content(), unknown, Map.of("a", "b"))) {
        Translation.Rejected rejected =
            assertInstanceOf(
                Translation.Rejected.class,
                translator().translate(with(resource, tree)),
                () -> "an unknown field was ignored in " + tree);
        assertTrue(
            rejected.problems().stream().anyMatch(problem -> problem.field().contains(unknown)),
            () -> "the field is not named in " + rejected.problems());
      }
    }
  }

  @Test
  void contract4AnItemThatIsNullIsRejected() {
    for (ClaimedResource resource : valid()) {
      for (Object tree : TreeMutations.withNullItem(resource.content())) {
        assertInstanceOf(
            Translation.Rejected.class,
            translator().translate(with(resource, tree)),
            () -> "a null item was taken in " + tree);
      }
    }
  }

  @Test
  void contract5SeveralThreadsGetWhatOneGets() throws InterruptedException, ExecutionException {
    List<ClaimedResource> inputs = new ArrayList<>(valid());
    Dice dice = new Dice(5);
    for (int i = 0; i < ROUNDS / 4; i++) {
      ClaimedResource sample = dice.pick(valid());
      inputs.add(with(sample, TreeMutations.withOddPlace(sample.content(), dice)));
    }
    PolicyTranslator shared = translator();
    List<Translation> expected = inputs.stream().map(shared::translate).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<List<Translation>>> answers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        answers.add(threads.submit(() -> inputs.stream().map(shared::translate).toList()));
      }
      for (Future<List<Translation>> answer : answers) {
        assertEquals(expected, answer.get());
      }
    }
  }

  @Test
  void contract6KindsNeverChange() {
    assertFalse(translator().kinds().isEmpty());
    for (ClaimedResource resource : valid()) {
      assertTrue(translator().kinds().contains(resource.key().kind()));
      translator().translate(resource);
    }
    assertEquals(translator().kinds(), translator().kinds());
  }

  private static ClaimedResource with(ClaimedResource resource, Object tree) {
    return new ClaimedResource(
        resource.key(), resource.version(), resource.uid(), object(tree), resource.origin());
  }

  /** The root is a map by its type; what is no map stands below it. */
  @SuppressWarnings("unchecked") // A tree of chance may have keys that are no strings, on purpose.
  private static Map<String, Object> object(Object tree) {
    return tree instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of("spec", tree);
  }

  private void checkShape(ClaimedResource resource) {
    Translation translation = translator().translate(resource);
    assertNotNull(translation);
    switch (translation) {
      case Translation.Accepted(TranslatedPolicy policy, List<Problem> warnings) -> {
        checkPolicy(resource, policy);
        warnings.forEach(warning -> checkProblem(resource, warning));
      }
      case Translation.Rejected rejected ->
          rejected.problems().forEach(problem -> checkProblem(resource, problem));
    }
  }

  private static void checkProblem(ClaimedResource resource, Problem problem) {
    assertEquals(resource.origin(), problem.origin());
    assertEquals(resource.key().toString(), problem.object());
    assertFalse(problem.message().isBlank(), () -> "no message: " + problem);
    assertFalse(problem.remedy().isBlank(), () -> "no remedy: " + problem);
  }

  private static void checkPolicy(ClaimedResource resource, TranslatedPolicy policy) {
    assertEquals(PolicyRef.of(resource.key()), policy.policy());
    assertTrue(policy.tier() != Tier.SYSTEM, "the system tier is the engine's");
    if (policy.tier() == Tier.NAMESPACED) {
      assertEquals(0, policy.priority());
    } else {
      assertTrue(policy.isolates().isEmpty(), "only the namespaced tier isolates");
      assertTrue(
          0 <= policy.priority() && policy.priority() <= TranslatedPolicy.LAST_PRIORITY,
          () -> "priority " + policy.priority());
    }
    for (Direction direction : Direction.values()) {
      List<Integer> places =
          policy.rules().stream()
              .filter(rule -> rule.direction() == direction)
              .map(PolicyRule::index)
              .toList();
      assertEquals(places.stream().sorted().distinct().toList(), places, "places of rules");
    }
    for (PolicyRule rule : policy.rules()) {
      assertTrue(rule.action() != Action.ISOLATE, "isolation is not said by a rule");
      assertTrue(
          policy.tier() != Tier.NAMESPACED || rule.action() == Action.ALLOW,
          "rules of the namespaced tier allow");
    }
  }
}
