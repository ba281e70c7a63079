package io.sluice.source.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.SourceStatus.State;
import io.sluice.apiserver.ApiServer;
import io.sluice.apiserver.ServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many pods as a large cluster has; how long it takes is printed. */
class LargeClusterTest {
  @Test
  void tenThousandPods(@TempDir Path folder) throws Exception {
    ServerOptions options = ServerOptions.EMPTY.generating(10_000, 1);
    try (ApiServer server = ApiServer.start(folder, options)) {
      long begin = System.nanoTime();
      try (Followed followed =
          new Followed(TestSettings.of(server.kubeconfig()), ResourceKind.NETWORK_POLICY)) {
        followed.sink.awaitSynced();
        System.out.printf(
            Locale.ROOT, "10,000 pods: synced in %.2f s%n", (System.nanoTime() - begin) / 1e9);
        assertEquals(10_300, followed.sink.picture().size());
        Endpoint pod = pod(followed, "team-0", "pod-7");
        assertEquals("10.0.0.8", pod.addresses().getFirst().toString());
        assertEquals("node-0", pod.nodeName());
        assertEquals("http", pod.ports().getFirst().name());
        Endpoint sibling = pod(followed, "team-3", "pod-307");
        assertTrue(pod.labels() == sibling.labels(), "equal labels are one object");

        server.restart(options.generating(9_900, 1));
        followed.sink.await(
            "the last namespace, its pods, its policy and its node are gone",
            seen -> followed.deleted().size() == 103);
        followed.sink.awaitState(State.SYNCED);
        assertEquals(List.of(), followed.status().problems());
      }
    }
  }

  private static Endpoint pod(Followed followed, String namespace, String name) {
    return (Endpoint)
        java.util.Objects.requireNonNull(
            followed.sink.picture().get(new ResourceKey(ResourceKind.POD, namespace, name)));
  }
}
