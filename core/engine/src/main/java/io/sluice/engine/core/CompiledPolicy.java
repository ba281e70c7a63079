package io.sluice.engine.core;

import io.sluice.api.policy.TranslatedPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A policy whose words have been looked up. */
final class CompiledPolicy {
  final TranslatedPolicy source;
  final Group subject;
  final List<CompiledRule> rules = new ArrayList<>(1);

  /** What the datapath has of it; null if nothing. */
  @Nullable PolicyExport export;

  /** Whether the next commit looks at it. */
  boolean marked;

  /** Whether it has been removed, so that the next commit withdraws its export. */
  boolean removed;

  private @Nullable String name;

  CompiledPolicy(TranslatedPolicy source, Group subject) {
    this.source = source;
    this.subject = subject;
  }

  /** The text of its reference, built once: policies are sorted and named by it. */
  String name() {
    String known = name;
    if (known == null) {
      known = source.policy().toString();
      name = known;
    }
    return known;
  }

  /** Whether one of its subjects is local. */
  boolean isActive() {
    return !removed && subject.localSize() > 0;
  }
}
