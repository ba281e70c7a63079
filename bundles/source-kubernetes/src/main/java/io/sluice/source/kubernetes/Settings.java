package io.sluice.source.kubernetes;

import io.sluice.api.resource.ResourceKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * How the API server is reached and followed.
 *
 * @param access the way to the server
 * @param optional kinds whose absence is no problem
 * @param pageSize objects in a page of a list
 * @param probe time between two questions whether the server is there
 * @param timeout time after which an answer is given up
 * @param silence time of silence after which a watch is opened again
 * @param firstPause the pause after a first failure
 * @param longestPause the longest pause between two attempts
 */
record Settings(
    Access access,
    Set<ResourceKind> optional,
    int pageSize,
    Duration probe,
    Duration timeout,
    Duration silence,
    Duration firstPause,
    Duration longestPause) {
  private static final String PID = "io.sluice.source.kubernetes.cfg: ";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  static Settings of(KubernetesConfig config) {
    return new Settings(
        config.kubeconfig().isBlank()
            ? ServiceAccount.ofThisPod()
            : new Kubeconfig(Path.of(config.kubeconfig().strip()), config.context().strip()),
        kinds(config.optionalKinds()),
        within("pageSize", config.pageSize(), 1, 10_000),
        seconds("probeSeconds", config.probeSeconds()),
        seconds("timeoutSeconds", config.timeoutSeconds()),
        seconds("silenceSeconds", config.silenceSeconds()),
        FIRST_PAUSE,
        LONGEST_PAUSE);
  }

  private static Duration seconds(String key, int value) {
    return Duration.ofSeconds(within(key, value, 1, 3600));
  }

  private static int within(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          PID + key + " = " + value + " is not within " + least + " to " + most);
    }
    return value;
  }

  private static Set<ResourceKind> kinds(String text) {
    Set<ResourceKind> kinds = new HashSet<>();
    for (String kind : text.split(",", -1)) {
      String stripped = kind.strip();
      int dot = stripped.indexOf('.');
      if (dot == 0 || (dot < 0 && !stripped.isEmpty())) {
        throw new IllegalArgumentException(
            PID
                + "optionalKinds: '"
                + stripped
                + "' is not Kind.group, as in AdminNetworkPolicy.policy.networking.k8s.io");
      }
      if (dot > 0) {
        kinds.add(new ResourceKind(stripped.substring(dot + 1), stripped.substring(0, dot)));
      }
    }
    return Set.copyOf(kinds);
  }
}
