package io.sluice.drill;

import io.sluice.lab.Pod;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A client that is admitted and a server that admits die; at once their addresses belong to pods
 * that may not and do not, on other ports. The manifests follow half a second later.
 */
final class AddressReused implements Fault {
  private static final int GUEST = 13;
  private static final int SPARE = 15;

  @Override
  public String name() {
    return "address-reused";
  }

  @Override
  public String what() {
    return "an admitted client and an admitting server die, their addresses go to other pods at"
        + " once, the manifests follow 0.5 s later";
  }

  /** A router knows a pod by its address, and not by a port. */
  @Override
  public Set<Backend> backends() {
    return EnumSet.of(Backend.OVS);
  }

  @Override
  public void strike(Stage stage) throws IOException {
    Pod guest = stage.pod("shop/guest");
    Pod spare = stage.addPods(List.of(Cast.pod("shop", "spare", SPARE))).getFirst();
    String guestFile = Cast.file(guest.spec());
    String spareFile = Cast.file(spare.spec());
    stage.change(manifests -> manifests.put(spareFile, Cast.yaml(spare.spec(), "db")));
    Flows.begin(stage, guest, Flows.between(guest, spare, Flows.PORT));
    if (stage.awaitSettled(patience()).isEmpty()) {
      throw new DrillException("the second server never came into force");
    }
    Pause.millis(500);
    stage.load().end(List.of(guest));
    long begun = System.nanoTime();
    stage.removePods(List.of(guest, spare));
    List<Pod> heirs =
        stage.addPods(
            List.of(Cast.pod("lan", "stranger", GUEST), Cast.pod("shop", "vault", SPARE)));
    Pod stranger = heirs.getFirst();
    Pod vault = heirs.getLast();
    stage.taps().listen(vault);
    for (String path : List.of("shop/db", "shop/web", "lan/open")) {
      stage.pod(path).namespace().run("ip", "neigh", "flush", "all");
    }
    for (String path : List.of("shop/db", "lan/open")) {
      Flows.begin(stage, stranger, Flows.between(stranger, stage.pod(path), Flows.PORT));
    }
    Pod web = stage.pod("shop/web");
    Flows.begin(stage, web, Flows.between(web, vault, Flows.PORT));
    stage.note(
        "used again after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) + " ms");
    Pause.millis(500);
    stage.change(
        manifests -> {
          manifests.remove(guestFile);
          manifests.remove(spareFile);
          manifests.put(Cast.file(stranger.spec()), Cast.yaml(stranger.spec(), "stranger"));
          manifests.put(Cast.file(vault.spec()), Cast.yaml(vault.spec(), "vault"));
        });
  }
}
