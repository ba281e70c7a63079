package io.sluice.source.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.SourceStatus.State;
import io.sluice.apiserver.ApiServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The role that is shipped allows what the source asks for, and no more. */
class RbacTest {
  private static final Path SHIPPED = Path.of("../../config/kubernetes/rbac.yaml");
  private static final Pattern REQUEST =
      Pattern.compile("GET /(?:api|apis/([^/]+))/v1/([a-z]+)\\?(limit|watch)=");

  @Test
  void theRuleIsWhatIsAskedFor(@TempDir Path folder) throws Exception {
    Set<String> asked = new TreeSet<>();
    try (ApiServer server = ApiServer.start(folder)) {
      server.apply(Manifests.namespace("a"));
      try (Followed followed =
          new Followed(TestSettings.of(server.kubeconfig()), ResourceKind.NETWORK_POLICY)) {
        followed.sink.awaitState(State.SYNCED);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (server.watches() < 4) {
          assertTrue(System.nanoTime() < deadline, "watches: " + server.watches());
          TimeUnit.MILLISECONDS.sleep(20);
        }
      }
      for (String line : server.requests()) {
        Matcher request = REQUEST.matcher(line);
        if (request.find()) {
          String group = request.group(1) == null ? "" : request.group(1);
          String verb = "limit".equals(request.group(3)) ? "list" : "watch";
          asked.add(group + "/" + request.group(2) + " " + verb);
        } else {
          assertTrue(line.matches(".* GET /(version|apis|apis/networking.k8s.io/v1) 200"), line);
        }
      }
    }
    Set<String> allowed = allowed();
    // Events are written by another component, whose test looks at them.
    assertTrue(allowed.removeAll(List.of("/events create", "/events get", "/events patch")));
    assertEquals(asked, allowed);
  }

  /** {@code group/plural verb} for each rule of each ClusterRole. */
  private static Set<String> allowed() throws Exception {
    Set<String> allowed = new TreeSet<>();
    Load load = new Load(LoadSettings.builder().build());
    for (Object document : load.loadAllFromString(Files.readString(SHIPPED))) {
      if (document instanceof Map<?, ?> object && "ClusterRole".equals(object.get("kind"))) {
        for (Object rule : list(object, "rules")) {
          for (Object group : list(rule, "apiGroups")) {
            for (Object plural : list(rule, "resources")) {
              for (Object verb : list(rule, "verbs")) {
                allowed.add(group + "/" + plural + " " + verb);
              }
            }
          }
        }
      }
    }
    return allowed;
  }

  private static List<?> list(Object map, String field) {
    return (List<?>) Objects.requireNonNull(((Map<?, ?>) map).get(field), field);
  }
}
