package io.sluice.drill;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** The kernel forgets every connection, with a policy changed before and after. */
final class ConnectionsForgotten implements Fault {
  private static final int TIMES = 3;

  @Override
  public String name() {
    return "connections-flushed";
  }

  @Override
  public String what() {
    return "conntrack -F three times in a second, a policy changed meanwhile";
  }

  @Override
  public Set<Backend> backends() {
    return EnumSet.of(Backend.NFTABLES);
  }

  @Override
  public void strike(Stage stage) throws IOException {
    for (int i = 0; i < TIMES; i++) {
      stage.router().flushConnections();
      if (i == 0) {
        stage.change(Cast::swapGuest);
      }
      Pause.millis(300);
    }
  }
}
