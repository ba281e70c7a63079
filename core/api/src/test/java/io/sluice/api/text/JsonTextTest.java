package io.sluice.api.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void aDocumentIsIndentedAndKeepsItsOrder() {
    assertEquals(
        """
        {
          "b": [
            1,
            2.5,
            true,
            null
          ],
          "a": {},
          "c": []
        }
        """,
        JsonText.of(
            JsonText.object(
                "b", java.util.Arrays.asList(1, 2.5, true, null), "a", Map.of(), "c", List.of())));
  }

  @Test
  void textIsEscaped() {
    assertEquals(
        "\"a \\\"b\\\" \\\\ \\n\\r\\t \\u0007 \u00e9 \\ud83d\\ude00\"\n",
        JsonText.of("a \"b\" \\ \n\r\t \u0007 \u00e9 \ud83d\ude00"));
  }

  @Test
  void whatHasNoFormIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> JsonText.of(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> JsonText.of(List.of(Duration.ZERO)));
  }
}
