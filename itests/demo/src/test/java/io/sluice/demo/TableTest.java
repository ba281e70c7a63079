package io.sluice.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Question ASKED = Cast.question("shop/web", "shop/db", Question.Service.TCP);

  private static Map<Question, Boolean> everything(boolean answer) {
    Map<Question, Boolean> answers = new HashMap<>();
    Cast.questions().forEach(question -> answers.put(question, answer));
    return answers;
  }

  @Test
  void everybodyIsAskedAboutEverybodyElseInBothFamiliesAndProtocols() {
    assertEquals(6 * 5 * 2 * 2, everything(true).size());
    assertTrue(Cast.questions().stream().anyMatch(q -> q.destination().equals("fd00:244::13")));
  }

  @Test
  void whatIsAsThePoliciesSayIsNoDifference() {
    assertEquals(List.of(), new Table(everything(true), everything(true)).differences());
  }

  @Test
  void onePacketThatGotThroughIsADifference() {
    Map<Question, Boolean> measured = everything(false);
    measured.put(ASKED, true);
    List<String> differences = new Table(measured, everything(false)).differences();
    assertEquals(1, differences.size());
    assertTrue(differences.getFirst().contains("the policies say deny"), differences.getFirst());
  }

  @Test
  void onePacketThatDidNotIsADifference() {
    Map<Question, Boolean> measured = everything(true);
    measured.put(ASKED, false);
    assertEquals(1, new Table(measured, everything(true)).differences().size());
  }

  @Test
  void whatThePoliciesSayNothingAboutIsADifference() {
    Map<Question, Boolean> said = everything(true);
    said.remove(ASKED);
    assertEquals(1, new Table(everything(true), said).differences().size());
  }

  @Test
  void familiesThatDifferShow() {
    Map<Question, Boolean> measured = everything(true);
    measured.put(ASKED, false);
    assertEquals(
        1, new Table(measured, everything(true)).render().chars().filter(c -> c == '?').count());
  }
}
