package io.sluice.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Ten thousand policies come at once, and go at once. */
final class ManyPolicies implements Fault {
  private static final int COUNT = 10_000;

  @Override
  public String name() {
    return "policies-10000";
  }

  @Override
  public String what() {
    return "10,000 policies at once, one policy changed with them; then all deleted at once";
  }

  @Override
  public void strike(Stage stage) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < COUNT; i++) {
      text.append(
          Yaml.policy(
              "shop",
              "many-" + i,
              "podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: 10.%d.%d.0/24}}],"
                      .formatted(100 + i / 250, i % 250)
                  + " ports: [{port: "
                  + (8000 + i % 100)
                  + "}]}]"));
    }
    long begun = System.nanoTime();
    stage.change(
        manifests -> {
          manifests.put("many.yaml", text.toString());
          Cast.swapGuest(manifests);
        });
    OptionalLong settled = stage.awaitSettled(patience());
    if (settled.isPresent()) {
      stage.note(
          "in force after " + TimeUnit.NANOSECONDS.toMillis(settled.getAsLong() - begun) + " ms");
    }
    stage.change(manifests -> manifests.remove("many.yaml"));
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(90);
  }
}
