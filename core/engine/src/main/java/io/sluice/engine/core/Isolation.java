package io.sluice.engine.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policies that isolate an endpoint in one direction, by name; empty if it is not isolated. */
final class Isolation {
  final List<CompiledPolicy> policies;
  private @Nullable String names;

  Isolation(List<CompiledPolicy> policies) {
    this.policies = policies;
  }

  boolean isEmpty() {
    return policies.isEmpty();
  }

  /** The names, comma-separated; built once. */
  String names() {
    String known = names;
    if (known == null) {
      known = join(",");
      names = known;
    }
    return known;
  }

  String join(String separator) {
    return String.join(separator, policies.stream().map(CompiledPolicy::name).toList());
  }
}
