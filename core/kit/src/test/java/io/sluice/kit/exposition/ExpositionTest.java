package io.sluice.kit.exposition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read, and what is refused. */
class ExpositionTest {
  @Test
  void readsFamiliesLabelsAndValues() {
    Exposition read =
        Exposition.parse(
            """
            # HELP a_total All \\\\ of it,\\nreally.
            # TYPE a_total counter
            a_total{name="x \\"y\\" {z}, \\\\",b="c"} 1.5e3 1700000000000
            a_total 0

            # a remark
            # TYPE h_seconds histogram
            h_seconds_bucket{le="0.1"} 1
            h_seconds_bucket{le="+Inf"} 2
            h_seconds_sum 3.5
            h_seconds_count 2
            # TYPE g gauge
            g -Inf
            """);
    assertEquals("All \\ of it,\nreally.", read.families().values().iterator().next().help());
    assertEquals(Optional.of(1500.0), read.value("a_total", Map.of("name", "x \"y\" {z}, \\")));
    assertEquals(Optional.of(2.0), read.value("h_seconds_count", Map.of()));
    assertEquals(Optional.empty(), read.value("a_total", Map.of("b", "d")));
    assertEquals(Optional.of(Double.NEGATIVE_INFINITY), read.value("g", Map.of()));
    assertTrue(Exposition.parse("").families().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# TYPE a gauge\na 1",
        "a 1\n",
        "# TYPE a gauge\nb 1\n",
        "# TYPE a gauge\na 1\na 1\n",
        "# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n# TYPE a gauge\na{x=\"y\"} 1\n",
        "# TYPE a gauge\n# TYPE a gauge\na 1\n",
        "# TYPE a gauge\na 1\n# HELP a late\n",
        "# TYPE a meter\na 1\n",
        "# TYPE a counter\na -1\n",
        "# TYPE a counter\na NaN\n",
        "# TYPE a gauge\na 0x1p3\n",
        "# TYPE a gauge\na one\n",
        "# TYPE a gauge\na 1 2 3\n",
        "# TYPE a gauge\na 1\r\n",
        "# TYPE a gauge\na{x=\"1\",x=\"2\"} 1\n",
        "# TYPE a gauge\na{x-y=\"1\"} 1\n",
        "# TYPE a gauge\na{x=\"1} 1\n",
        "# TYPE a gauge\na{x=\"\\t\"} 1\n",
        "# TYPE a-b gauge\na-b 1\n",
        "# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_sum 1\nh_count 1\n",
        "# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n",
        "# TYPE h histogram\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 2\n",
        "# TYPE h histogram\nh_bucket{le=\"+Inf\"} 1\n",
      })
  void refuses(String text) {
    assertThrows(MalformedExpositionException.class, () -> Exposition.parse(text));
  }
}
