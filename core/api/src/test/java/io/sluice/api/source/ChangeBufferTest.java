package io.sluice.api.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeBufferTest {
  private final ChangeBuffer buffer = new ChangeBuffer();

  @Test
  void keepsTheLatestChangeAtThePlaceOfTheFirst() {
    Change first = upsert("a");
    Change last = new Change.Delete(first.key());
    buffer.add(first);
    buffer.add(upsert("b"));
    buffer.add(last);
    assertEquals(List.of(last, upsert("b")), buffer.take(10));
    assertEquals(1, buffer.merged());
    assertTrue(buffer.isEmpty());
  }

  @Test
  void takesNoMoreThanAskedOldestFirst() {
    buffer.add(upsert("a"));
    buffer.add(upsert("b"));
    buffer.add(upsert("c"));
    assertEquals(List.of(upsert("a"), upsert("b")), buffer.take(2));
    assertEquals(1, buffer.size());
    assertEquals(new ResourceKey(ResourceKind.NAMESPACE, "", "c"), buffer.take(2).get(0).key());
  }

  private static Change upsert(String name) {
    return new Change.Upsert(new Namespace(name, Map.of(Namespace.NAME_LABEL, name), "test"));
  }
}
