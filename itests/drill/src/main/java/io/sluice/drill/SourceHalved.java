package io.sluice.drill;

import java.io.IOException;
import java.util.List;

/** The directory of manifests vanishes, and comes back with half of it gone for good. */
final class SourceHalved implements Fault {
  @Override
  public String name() {
    return "source-halved";
  }

  @Override
  public String what() {
    return "the directory of manifests renamed away for 2 s, and back with half of its files"
        + " deleted";
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.manifests().takeAway();
    Pause.millis(2000);
    stage.change(
        manifests -> {
          manifests.remove(Cast.GUEST_FILE);
          for (String path : List.of("shop/guest", "shop/late", "lan/mallory", "jail/inmate")) {
            manifests.remove(Cast.file(stage.pod(path).spec()));
          }
          stage.manifests().bringBack();
        });
  }
}
