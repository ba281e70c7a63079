package io.sluice.drill;

import java.io.IOException;
import java.util.List;

/** The API server crashes and comes back with half of its objects gone for good. */
final class ApiServerHalved implements Fault {
  @Override
  public String name() {
    return "apiserver-halved";
  }

  @Override
  public String what() {
    return "API server kill -9, back after 3 s with half of its objects gone";
  }

  @Override
  public Source source() {
    return Source.API_SERVER;
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.api().kill();
    Pause.millis(3000);
    stage.change(
        objects -> {
          objects.remove(Cast.GUEST_FILE);
          for (String path : List.of("shop/guest", "shop/late", "lan/mallory", "jail/inmate")) {
            objects.remove(Cast.file(stage.pod(path).spec()));
          }
          stage.api().restart();
        });
  }
}
