package io.sluice.engine.host;

import io.sluice.api.control.Component;
import io.sluice.api.policy.PolicyTranslator;
import io.sluice.api.resource.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The bound policy dialects, and which of them a kind belongs to. */
final class Translators {
  private record Bound(PolicyTranslator translator, String name, int ranking, long service) {}

  private static final Comparator<Bound> BEST_FIRST =
      Comparator.comparingInt(Bound::ranking).reversed().thenComparingLong(Bound::service);

  private final List<Bound> bound = new ArrayList<>();
  private final Map<ResourceKind, Bound> owners = new TreeMap<>();

  /** A dialect came; returns the kinds that belong to another one than before. */
  Set<ResourceKind> bind(PolicyTranslator translator, String name, int ranking, long service) {
    bound.add(new Bound(translator, name, ranking, service));
    return settle();
  }

  /** A dialect went; returns the kinds that belong to another one than before, or to none. */
  Set<ResourceKind> unbind(PolicyTranslator translator) {
    bound.removeIf(other -> other.translator == translator);
    return settle();
  }

  private Set<ResourceKind> settle() {
    Map<ResourceKind, Bound> now = new TreeMap<>();
    for (Bound candidate : bound.stream().sorted(BEST_FIRST).toList()) {
      candidate.translator.kinds().forEach(kind -> now.putIfAbsent(kind, candidate));
    }
    Set<ResourceKind> changed = new TreeSet<>(owners.keySet());
    changed.addAll(now.keySet());
    changed.removeIf(kind -> Objects.equals(owners.get(kind), now.get(kind)));
    owners.clear();
    owners.putAll(now);
    return changed;
  }

  /** The dialect that a kind belongs to. */
  Optional<PolicyTranslator> of(ResourceKind kind) {
    return Optional.ofNullable(owners.get(kind)).map(Bound::translator);
  }

  /** All kinds that some dialect claims. */
  Set<ResourceKind> kinds() {
    return Set.copyOf(owners.keySet());
  }

  boolean isEmpty() {
    return bound.isEmpty();
  }

  List<Component> components() {
    return bound.stream()
        .map(
            one ->
                new Component(
                    "translator",
                    one.name,
                    "bound",
                    owners.entrySet().stream()
                        .filter(owner -> owner.getValue().equals(one))
                        .map(owner -> owner.getKey().toString())
                        .collect(Collectors.joining(", ", "translates ", "")),
                    List.of()))
        .toList();
  }
}
