package io.sluice.drill;

import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A thousand pods are replaced at once. Most are on another node, known by their objects alone;
 * four are here, and two of their addresses go to pods that nobody admits.
 */
final class ManyPods implements Fault {
  private static final int ELSEWHERE = 996;
  private static final int FIRST_ADDRESS = 50;
  private static final String FILE = "fleet.yaml";

  @Override
  public String name() {
    return "pods-1000";
  }

  @Override
  public String what() {
    return "1,000 admitted pods replaced at once, half of the addresses used again, two of four"
        + " addresses on this node by pods that nobody admits";
  }

  /** A router knows a pod by its address, and not by a port. */
  @Override
  public Set<Backend> backends() {
    return EnumSet.of(Backend.OVS);
  }

  @Override
  public void strike(Stage stage) throws IOException {
    List<Pod> old = join(stage, List.of("fleet", "fleet", "fleet", "fleet"), 0);
    stage.change(
        manifests -> {
          manifests.put("fleet-policy.yaml", Yaml.admitToDatabase("db-for-fleet", "fleet"));
          manifests.put(
              FILE, elsewhere(0) + here(old, List.of("fleet", "fleet", "fleet", "fleet")));
        });
    if (stage.awaitSettled(patience()).isEmpty()) {
      throw new DrillException("the first thousand pods never came into force");
    }
    Pause.millis(1000);
    stage.removePods(old);
    List<String> apps = List.of("fleet", "fleet", "stranger", "stranger");
    List<Pod> fresh = join(stage, apps, 4);
    stage.change(manifests -> manifests.put(FILE, elsewhere(ELSEWHERE / 2) + here(fresh, apps)));
  }

  /** Real pods on the four addresses; their load begins at once. */
  private static List<Pod> join(Stage stage, List<String> apps, int firstNumber)
      throws IOException {
    List<PodSpec> specs = new ArrayList<>();
    for (int i = 0; i < apps.size(); i++) {
      specs.add(Cast.pod("shop", "crew-" + (firstNumber + i), FIRST_ADDRESS + i));
    }
    List<Pod> pods = stage.addPods(specs);
    for (Pod pod : pods) {
      Flows.begin(stage, pod, Flows.between(pod, stage.pod("shop/db"), Flows.PORT));
    }
    return pods;
  }

  private static String here(List<Pod> pods, List<String> apps) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, pods.size())
        .forEach(i -> text.append(Cast.yaml(pods.get(i).spec(), apps.get(i))));
    return text.toString();
  }

  /** Pods on another node, named and addressed by numbers from the first on. */
  private static String elsewhere(int first) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ELSEWHERE; i++) {
      int number = first + i;
      String name = "fleet-" + first + "-" + i;
      String v4 = "10.245." + number / 250 + "." + (number % 250 + 1);
      text.append(Yaml.pod("shop", name, "fleet", "node-b", v4, "fd00:245::" + number));
    }
    return text.toString();
  }
}
