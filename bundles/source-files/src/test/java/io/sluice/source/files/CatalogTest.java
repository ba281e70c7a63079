package io.sluice.source.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever happens to the files, the changes told add up to what the files hold. */
class CatalogTest {
  @Test
  void changesAddUp() {
    long seed = Long.getLong("sluice.seed", 7L);
    Random random = new Random(seed);
    Map<ResourceKey, Resource> told = new HashMap<>();
    Catalog catalog =
        new Catalog(
            change -> {
              switch (change) {
                case Change.Upsert(Resource resource) -> told.put(resource.key(), resource);
                case Change.Delete(ResourceKey key) -> told.remove(key);
              }
            });
    Map<String, Map<ResourceKey, Resource>> files = new TreeMap<>();
    for (int step = 0; step < 20_000; step++) {
      String file = "f" + random.nextInt(5);
      if (random.nextInt(4) == 0) {
        files.remove(file);
        catalog.remove(file);
      } else {
        Map<ResourceKey, Resource> objects = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          Namespace namespace = namespace(random, file);
          objects.put(namespace.key(), namespace);
        }
        files.put(file, objects);
        catalog.put(file, objects);
      }
      Map<ResourceKey, Resource> expected = new HashMap<>();
      int contested = 0;
      for (Map<ResourceKey, Resource> objects : files.values()) {
        for (Resource resource : objects.values()) {
          contested += expected.putIfAbsent(resource.key(), resource) == null ? 0 : 1;
        }
      }
      assertEquals(expected, told, "-Dsluice.seed=" + seed + ", step " + step);
      assertEquals(expected.size(), catalog.size());
      assertEquals(contested, catalog.problems().size());
    }
  }

  private static Namespace namespace(Random random, String origin) {
    String name = "n" + random.nextInt(4);
    return new Namespace(
        name, Map.of(Namespace.NAME_LABEL, name, "v", Integer.toString(random.nextInt(2))), origin);
  }
}
