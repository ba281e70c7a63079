package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoldingsTest {
  private static final ResourceKey RED = Namespace.key("red");

  private final Holdings holdings = new Holdings();

  private static Namespace red(String label) {
    return new Namespace("red", Map.of(Namespace.NAME_LABEL, "red", "v", label), "test");
  }

  private static Optional<Change> becomes(String label) {
    return Optional.of(new Change.Upsert(red(label)));
  }

  @Test
  void whatIsSaidAgainIsNoChange() {
    assertEquals(becomes("1"), holdings.put("a", red("1")));
    assertEquals(Optional.empty(), holdings.put("a", red("1")));
    assertEquals(becomes("2"), holdings.put("a", red("2")));
    assertEquals(Optional.of(new Change.Delete(RED)), holdings.remove("a", RED));
    assertEquals(Optional.empty(), holdings.remove("a", RED));
    assertEquals(0, holdings.size());
  }

  @Test
  void theLastWriterCounts() {
    holdings.put("a", red("1"));
    assertEquals(becomes("2"), holdings.put("b", red("2")));
    assertEquals(becomes("3"), holdings.put("a", red("3")));
    assertEquals(1, holdings.size());
  }

  @Test
  void aSourceNeverRemovesWhatAnotherOneHolds() {
    holdings.put("a", red("1"));
    holdings.put("b", red("2"));
    assertEquals(Optional.empty(), holdings.remove("a", RED), "b's counts and stays");
    assertEquals(List.of(red("2")), holdings.all().toList());
    holdings.put("a", red("1"));
    assertEquals(becomes("2"), holdings.remove("a", RED), "b's counts again");
    assertEquals(Optional.empty(), holdings.remove("c", RED), "c never held it");
    assertEquals(Optional.of(new Change.Delete(RED)), holdings.remove("b", RED));
  }

  @Test
  void keysAreThoseOfOneSource() {
    holdings.put("a", red("1"));
    holdings.put("b", red("2"));
    assertEquals(List.of(RED), holdings.keys("a", key -> true));
    assertEquals(List.of(), holdings.keys("a", key -> false));
    assertEquals(List.of(), holdings.keys("c", key -> true));
  }
}
