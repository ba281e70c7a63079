package io.sluice.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Somebody deletes the table of the agent. */
final class TableDeleted implements Fault {
  @Override
  public String name() {
    return "table-deleted";
  }

  @Override
  public String what() {
    return "nft delete table inet sluice, a policy changed at the same time";
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
    stage.router().nft("delete", "table", "inet", "sluice");
    stage.change(Cast::swapGuest);
  }
}
