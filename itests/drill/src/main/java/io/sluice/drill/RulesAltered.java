package io.sluice.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Somebody puts a rule that accepts everything above those of the agent. */
final class RulesAltered implements Fault {
  @Override
  public String name() {
    return "rules-altered";
  }

  @Override
  public String what() {
    return "nft insert rule inet sluice forward accept";
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
    stage.router().nft("insert", "rule", "inet", "sluice", "forward", "accept");
  }
}
