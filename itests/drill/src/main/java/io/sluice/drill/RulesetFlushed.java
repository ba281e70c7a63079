package io.sluice.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Somebody flushes all rules of the node, those of others as well. */
final class RulesetFlushed implements Fault {
  @Override
  public String name() {
    return "ruleset-flushed";
  }

  @Override
  public String what() {
    return "nft flush ruleset";
  }

  @Override
  public Set<Backend> backends() {
    return EnumSet.of(Backend.NFTABLES);
  }

  @Override
  public Duration pardon() {
    return Duration.ofSeconds(1);
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.router().nft("flush", "ruleset");
  }
}
