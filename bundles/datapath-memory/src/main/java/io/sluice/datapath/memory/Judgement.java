package io.sluice.datapath.memory;

import io.sluice.api.datapath.Rule;
import java.util.Optional;

/**
 * What became of a packet at one endpoint.
 *
 * @param allowed whether it may pass
 * @param rule the rule that decided; empty if none did, which allows
 */
public record Judgement(boolean allowed, Optional<Rule> rule) {
  static final Judgement BY_DEFAULT = new Judgement(true, Optional.empty());

  static Judgement allow(Rule rule) {
    return new Judgement(true, Optional.of(rule));
  }

  static Judgement deny(Rule rule) {
    return new Judgement(false, Optional.of(rule));
  }
}
