package io.sluice.drill;

import java.io.IOException;

/** The directory of manifests vanishes, and comes back as it was but for one policy. */
final class SourceAway implements Fault {
  @Override
  public String name() {
    return "source-away";
  }

  @Override
  public String what() {
    return "the directory of manifests renamed away for 3 s, and back with one policy changed";
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.manifests().takeAway();
    Pause.millis(3000);
    stage.change(
        manifests -> {
          Cast.swapGuest(manifests);
          stage.manifests().bringBack();
        });
  }
}
