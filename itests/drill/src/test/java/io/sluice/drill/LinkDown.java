package io.sluice.drill;

import java.io.IOException;
import java.time.Duration;

/** The server's link goes down for good, which nobody can recover from. */
final class LinkDown implements Fault {
  @Override
  public String name() {
    return "link-down";
  }

  @Override
  public String what() {
    return "the link of the server's port down for ever";
  }

  @Override
  public void strike(Stage stage) throws IOException {
    String port = stage.pod("shop/db").port();
    stage.node().namespace().run("ip", "link", "set", port, "down");
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(4);
  }
}
