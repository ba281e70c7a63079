package io.sluice.api.selector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelSelectorTest {
  private static final Map<String, String> NONE = Map.of();

  @Test
  void inNeedsTheKeyAndOneOfTheValues() {
    Requirement in = Requirement.in("tier", List.of("a", "b"));
    assertTrue(in.matches(Map.of("tier", "a")));
    assertFalse(in.matches(Map.of("tier", "c")));
    assertFalse(in.matches(NONE));
  }

  @Test
  void notInMatchesAnAbsentKey() {
    Requirement notIn = Requirement.notIn("tier", List.of("a"));
    assertTrue(notIn.matches(NONE));
    assertTrue(notIn.matches(Map.of("tier", "b")));
    assertFalse(notIn.matches(Map.of("tier", "a")));
  }

  @Test
  void existsTakesAnEmptyValueAndEqualWithAnEmptyValueNeedsTheKey() {
    assertTrue(Requirement.exists("tier").matches(Map.of("tier", "")));
    assertFalse(Requirement.exists("tier").matches(NONE));
    assertTrue(Requirement.equal("tier", "").matches(Map.of("tier", "")));
    assertFalse(Requirement.equal("tier", "").matches(NONE));
    assertTrue(Requirement.doesNotExist("tier").matches(NONE));
    assertFalse(Requirement.doesNotExist("tier").matches(Map.of("tier", "")));
  }

  @Test
  void theSameKeyTwiceIsAnd() {
    LabelSelector selector =
        LabelSelector.of(
            Requirement.in("tier", List.of("a", "b")), Requirement.notIn("tier", List.of("a")));
    assertTrue(selector.matches(Map.of("tier", "b")));
    assertFalse(selector.matches(Map.of("tier", "a")));
  }

  @Test
  void selectorsThatAskTheSameAreEqual() {
    LabelSelector one =
        LabelSelector.of(
            Requirement.exists("x"),
            Requirement.in("tier", List.of("b", "a", "b")),
            Requirement.exists("x"));
    LabelSelector other =
        LabelSelector.of(Requirement.in("tier", List.of("a", "b")), Requirement.exists("x"));
    assertEquals(one, other);
    assertEquals(one.hashCode(), other.hashCode());
  }

  @Test
  void refusesRequirementsThatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> Requirement.in("tier", List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Requirement("tier", Requirement.Operator.EXISTS, List.of("a")));
  }
}
