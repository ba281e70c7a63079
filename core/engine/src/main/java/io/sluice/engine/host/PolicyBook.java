package io.sluice.engine.host;

import io.sluice.api.control.PolicyInfo;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PolicyTranslator;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.policy.Translation;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.selector.GroupSelector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every policy as written, as last translated well, and why the two differ. A version that is
 * rejected changes nothing in the engine: the last good one stays.
 */
final class PolicyBook {
  /** What is known of one policy. */
  static final class Entry {
    private final PolicyRef policy;
    private ClaimedResource resource;
    private @Nullable TranslatedPolicy good;

    /** What {@link #good} was translated from. */
    private @Nullable ClaimedResource goodResource;

    /** The version of an earlier life, until one has been translated well. */
    private @Nullable ClaimedResource earlier;

    private boolean rejected;
    private List<Problem> problems = List.of();
    private Optional<GroupSelector> subject = Optional.empty();

    private Entry(PolicyRef policy, ClaimedResource resource) {
      this.policy = policy;
      this.resource = resource;
    }

    PolicyRef policy() {
      return policy;
    }

    /** Where its last version was read. */
    String origin() {
      return resource.origin();
    }

    PolicyInfo.State state() {
      if (!rejected) {
        return PolicyInfo.State.ACTIVE;
      }
      return good == null ? PolicyInfo.State.REJECTED : PolicyInfo.State.LAST_GOOD;
    }

    /** Why the last version was rejected, or else warnings. */
    List<Problem> problems() {
      return problems;
    }

    /** The pods that the last version is meant for, as far as it could be read. */
    Optional<GroupSelector> subject() {
      return subject;
    }
  }

  private final Map<ResourceKey, Entry> entries = new TreeMap<>();
  private final Translators translators;
  private final Home home;
  private final Consumer<Entry> rejected;

  /**
   * Makes an empty one.
   *
   * @param rejected told when a version is rejected
   */
  PolicyBook(Translators translators, Home home, Consumer<Entry> rejected) {
    this.translators = translators;
    this.home = home;
    this.rejected = rejected;
  }

  /** A policy is now this. */
  void upsert(ClaimedResource resource) {
    Entry entry =
        entries.computeIfAbsent(resource.key(), key -> new Entry(PolicyRef.of(key), resource));
    entry.resource = resource;
    Optional<PolicyTranslator> translator = translators.of(resource.key().kind());
    if (translator.isPresent()) {
      translate(entry, translator.get());
    } else {
      reject(entry, List.of(untranslated(resource)), Optional.empty());
    }
  }

  /**
   * A policy was this in an earlier life, and was in force then as far as it could be translated.
   * It is the last good version until there is a better one.
   */
  void remember(ClaimedResource resource) {
    Entry entry = entries.get(resource.key());
    if (entry != null && entry.good == null) {
      entry.earlier = resource;
      recall(entry);
    }
  }

  /** Puts the version of an earlier life into force, where every later one was rejected. */
  private void recall(Entry entry) {
    ClaimedResource earlier = entry.earlier;
    if (earlier == null || entry.good != null || earlier.equals(entry.resource)) {
      return;
    }
    Optional<PolicyTranslator> translator = translators.of(earlier.key().kind());
    if (translator.isEmpty()) {
      return;
    }
    try {
      if (translator.get().translate(earlier)
              instanceof Translation.Accepted(TranslatedPolicy translated, List<Problem> _)
          && translated.policy().equals(entry.policy)) {
        good(entry, translated, earlier);
      }
    } catch (RuntimeException e) {
      // The dialect broke its contract; that the later version was rejected is said already.
    }
  }

  private void good(Entry entry, TranslatedPolicy translated, ClaimedResource from) {
    home.engine().upsert(translated);
    entry.good = translated;
    entry.goodResource = from;
    entry.earlier = null;
  }

  /**
   * The version of a policy that has to survive: the last good one, since a later one that was
   * rejected must not take its place after a restart either.
   *
   * @param latest the policy as it was said last
   */
  ClaimedResource lasting(ClaimedResource latest) {
    Entry entry = entries.get(latest.key());
    if (entry == null) {
      return latest;
    }
    ClaimedResource earlier = entry.goodResource == null ? entry.earlier : entry.goodResource;
    return earlier == null ? latest : earlier;
  }

  /** Kinds of which there are policies that no dialect has ever translated since the start. */
  Set<ResourceKind> untranslated() {
    Set<ResourceKind> kinds = new TreeSet<>();
    entries.forEach(
        (key, entry) -> {
          if (entry.good == null && translators.of(key.kind()).isEmpty()) {
            kinds.add(key.kind());
          }
        });
    return kinds;
  }

  private static Problem untranslated(ClaimedResource resource) {
    ResourceKind kind = resource.key().kind();
    return new Problem(
        resource.origin(),
        resource.key().toString(),
        "",
        "no bound translator claims " + kind,
        "install a translator for " + kind);
  }

  /** A policy is gone. */
  void remove(ResourceKey key) {
    Entry entry = entries.remove(key);
    if (entry != null) {
      home.engine().remove(entry.policy);
    }
  }

  /**
   * These kinds belong to another dialect now. What nobody translates any more stays in force as it
   * was last translated.
   *
   * @return the policies concerned
   */
  List<ResourceKey> retranslate(Set<ResourceKind> kinds) {
    List<ResourceKey> concerned = new ArrayList<>();
    for (Entry entry : entries.values()) {
      ResourceKind kind = entry.resource.key().kind();
      if (kinds.contains(kind)) {
        translators.of(kind).ifPresent(translator -> translate(entry, translator));
        concerned.add(entry.resource.key());
      }
    }
    return concerned;
  }

  private void translate(Entry entry, PolicyTranslator translator) {
    try {
      switch (translator.translate(entry.resource)) {
        case Translation.Accepted(TranslatedPolicy translated, List<Problem> warnings) ->
            accept(entry, translated, warnings);
        case Translation.Rejected(List<Problem> problems, Optional<GroupSelector> subject) ->
            reject(entry, problems, subject);
      }
    } catch (RuntimeException e) {
      // The dialect broke its contract, or contradicts itself; its policy is as good as rejected.
      reject(entry, List.of(broken(entry, e)), Optional.empty());
    }
  }

  private static Problem broken(Entry entry, RuntimeException failure) {
    return new Problem(
        entry.origin(),
        entry.resource.key().toString(),
        "",
        "its translator failed: " + Calls.text(failure),
        "report this to whoever provides the translator");
  }

  private void accept(Entry entry, TranslatedPolicy translated, List<Problem> warnings) {
    if (!translated.policy().equals(entry.policy)) {
      throw new IllegalArgumentException(
          entry.policy + " was translated under the name " + translated.policy());
    }
    good(entry, translated, entry.resource);
    entry.rejected = false;
    entry.problems = warnings;
    entry.subject = Optional.of(translated.subject());
  }

  private void reject(Entry entry, List<Problem> problems, Optional<GroupSelector> subject) {
    entry.rejected = true;
    entry.problems = problems;
    entry.subject = subject;
    recall(entry);
    rejected.accept(entry);
  }

  Collection<Entry> entries() {
    return entries.values();
  }

  /** How many policies are in which state: as written, at an earlier version, rejected. */
  Map<String, Long> sizes() {
    Map<PolicyInfo.State, Long> counts = new EnumMap<>(PolicyInfo.State.class);
    entries.values().forEach(entry -> counts.merge(entry.state(), 1L, Long::sum));
    return Map.of(
        "policiesActive", counts.getOrDefault(PolicyInfo.State.ACTIVE, 0L),
        "policiesLastGood", counts.getOrDefault(PolicyInfo.State.LAST_GOOD, 0L),
        "policiesRejected", counts.getOrDefault(PolicyInfo.State.REJECTED, 0L));
  }

  Optional<Entry> find(PolicyRef policy) {
    return entries.values().stream().filter(entry -> entry.policy.equals(policy)).findFirst();
  }

  /** What is in force. */
  Stream<TranslatedPolicy> good() {
    List<TranslatedPolicy> good = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.good != null) {
        good.add(entry.good);
      }
    }
    return good.stream();
  }

  /**
   * Every rejection, an alarm for each policy that has no earlier version, and each kind whose
   * translator is gone.
   */
  List<Problem> problems() {
    List<Problem> all = new ArrayList<>(orphans());
    for (Entry entry : entries.values()) {
      if (entry.rejected) {
        all.addAll(entry.problems);
        alarm(entry).ifPresent(all::add);
      }
    }
    return all;
  }

  private List<Problem> orphans() {
    Set<ResourceKind> kinds = new TreeSet<>();
    entries.keySet().forEach(key -> kinds.add(key.kind()));
    kinds.removeAll(translators.kinds());
    return kinds.stream()
        .map(
            kind ->
                new Problem(
                    "translators",
                    kind.toString(),
                    "",
                    "no bound translator claims this kind; its policies stay as last translated,"
                        + " and their changes are not seen",
                    "start the bundle of its translator again"))
        .toList();
  }

  /** Names the pods that a rejected policy leaves unprotected. */
  Optional<Problem> alarm(Entry entry) {
    return entry.state() == PolicyInfo.State.REJECTED
        ? Optional.of(Alarm.of(entry, home.engine()))
        : Optional.empty();
  }
}
