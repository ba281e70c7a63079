package io.sluice.kit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.store.PolicyStore;
import io.sluice.api.store.Stored;
import io.sluice.kit.Stages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every {@link PolicyStore} passes these. */
public abstract class PolicyStoreContract extends InputStoreContract {
  private static final ResourceKind CLUSTER_KIND = new ResourceKind("example.com", "ClusterPolicy");

  @Override
  protected abstract PolicyStore store();

  @Override
  protected final Resource resource(int number, int version) {
    return number % 3 == 0
        ? policy(
            new ResourceKey(CLUSTER_KIND, "", "p" + number), Map.of("priority", (long) version))
        : policy(key(number), Map.of("spec", Map.of("version", (long) version)));
  }

  private static ResourceKey key(int number) {
    return new ResourceKey(ResourceKind.NETWORK_POLICY, "shop", "p" + number);
  }

  private static ClaimedResource policy(ResourceKey key, Map<String, Object> content) {
    return new ClaimedResource(key, "v1", "uid-" + key.name(), content, "test");
  }

  @Test
  void aTreeComesBackAsItWas() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("text", "Ünïcode \u0000 \"'\n\uD83D\uDE00");
    tree.put("z-first", Map.of());
    tree.put("a-second", List.of());
    tree.put("numbers", List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 0.5, -0.0, Double.NaN));
    tree.put("words", List.of(true, false, ClaimedResource.NULL, ""));
    tree.put("long", "x".repeat(70_000));
    Object deep = "bottom";
    for (int i = 0; i < 60; i++) {
      deep = i % 2 == 0 ? List.of(deep) : Map.of("deeper", deep);
    }
    tree.put("deep", deep);
    ClaimedResource policy = policy(key(1), tree);
    apply(batch(1, 1, true, put(policy)));
    if (durable()) {
      reopen();
    }
    Stored back = snapshot().resources().getFirst();
    assertEquals(policy, back.resource());
    ClaimedResource resource = (ClaimedResource) back.resource();
    assertEquals(
        new ArrayList<>(tree.keySet()),
        new ArrayList<>(resource.content().keySet()),
        "in the order written");
  }

  @Test
  void aPolicyKeepsItsIdForAsLongAsItIsThere() {
    apply(batch(1, 1, true, put(1, 0), put(2, 0), put(3, 0)));
    Map<PolicyRef, Integer> first = Stages.get(store().ids());
    assertEquals(3, first.size());
    assertEquals(3, new HashSet<>(first.values()).size());
    assertTrue(first.values().stream().allMatch(id -> id >= 1));
    apply(batch(1, 2, true, put(1, 1), delete(2), put(4, 0)));
    Map<PolicyRef, Integer> second = Stages.get(store().ids());
    assertEquals(Set.of(ref(1), ref(3), ref(4)), second.keySet());
    assertEquals(first.get(ref(1)), second.get(ref(1)));
    assertEquals(first.get(ref(3)), second.get(ref(3)));
    assertNotEquals(first.get(ref(2)), second.get(ref(4)), "not given to another one");
    apply(batch(1, 3, true, delete(1), delete(4)));
    apply(batch(1, 4, true, put(5, 0)));
    int fifth = id(5);
    assertTrue(
        !first.containsValue(fifth) && !second.containsValue(fifth), "not given to another one");
  }

  @Test
  void aPolicyKeepsItsIdInTheNextEpoch() {
    apply(batch(1, 1, true, put(1, 0), put(2, 0), put(3, 0)));
    Map<PolicyRef, Integer> before = Stages.get(store().ids());
    apply(batch(2, 1, false, put(4, 0), put(3, 0)));
    apply(batch(2, 2, true, put(1, 1)));
    Map<PolicyRef, Integer> after = Stages.get(store().ids());
    assertEquals(Set.of(ref(1), ref(3), ref(4)), after.keySet());
    assertEquals(before.get(ref(1)), after.get(ref(1)));
    assertEquals(before.get(ref(3)), after.get(ref(3)));
    assertEquals(3, new HashSet<>(after.values()).size());
  }

  @Test
  void idsAreThoseOfBeforeAfterOpeningAgain() {
    if (!durable()) {
      return;
    }
    apply(batch(1, 1, true, put(1, 0), put(2, 0)));
    int gone = id(2);
    apply(batch(1, 2, true, delete(2)));
    int kept = id(1);
    reopen();
    assertEquals(Map.of(ref(1), kept), Stages.get(store().ids()));
    apply(batch(1, 3, true, put(5, 0)));
    assertNotEquals(gone, id(5));
    assertNotEquals(kept, id(5));
  }

  private int id(int number) {
    Integer id = Stages.get(store().ids()).get(ref(number));
    if (id == null) {
      throw new AssertionError("policy " + number + " has no id");
    }
    return id;
  }

  private PolicyRef ref(int number) {
    return PolicyRef.of(resource(number, 0).key());
  }
}
