package io.sluice.source.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.Problem;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.SourceStatus;
import io.sluice.api.source.SourceStatus.State;
import io.sluice.apiserver.ApiServer;
import io.sluice.apiserver.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who the source is, what it may read, and of whom. */
class AccessTest {
  private static final String WIDGETS = "example.com/v1/widgets/Widget/namespaced";
  private static final ResourceKind WIDGET = new ResourceKind("example.com", "Widget");

  private static String problems(SourceStatus status) {
    return String.join("\n", status.problems().stream().map(Problem::toString).toList());
  }

  @Test
  void aTokenThatIsReplacedIsUsedFromThenOn(@TempDir Path folder) throws Exception {
    try (ApiServer server = ApiServer.start(folder)) {
      server.apply(Manifests.namespace("a"));
      Path token = Files.writeString(folder.resolve("token"), server.token());
      Settings settings = TestSettings.of(new ServiceAccount(server.url().toString(), folder));
      try (Followed followed = new Followed(settings)) {
        followed.sink.awaitState(State.SYNCED);
        server.accept("the-next-one");
        server.faults().cutWatches();
        followed.sink.awaitState(State.LOST);
        assertTrue(problems(followed.status()).contains("401"), problems(followed.status()));
        assertTrue(followed.status().problems().getFirst().remedy().contains("token"));

        Files.writeString(token, "the-next-one\n");
        followed.sink.awaitState(State.SYNCED);
        server.apply(Manifests.namespace("b"));
        followed.awaitNamespaces("a", "b");
        assertEquals(State.SYNCED, followed.reread().state());
        assertEquals(List.of(), followed.deleted());
      }
    }
  }

  @Test
  void theServersCertificateIsChecked(@TempDir Path folder) throws Exception {
    try (ApiServer server = ApiServer.start(folder, ServerOptions.EMPTY.secured())) {
      server.apply(Manifests.namespace("a"));
      try (Followed followed = new Followed(TestSettings.of(server.kubeconfig()))) {
        followed.sink.awaitState(State.SYNCED);
        followed.awaitNamespaces("a");
      }
      Path token = Files.writeString(folder.resolve("token"), server.token());
      Settings pod = TestSettings.of(new ServiceAccount(server.url().toString(), folder));
      try (Followed followed = new Followed(pod)) {
        followed.sink.awaitState(State.SYNCED);
      }
      Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
      Files.copy(token, elsewhere.resolve("token"));
      Settings stranger = TestSettings.of(new ServiceAccount(server.url().toString(), elsewhere));
      try (Followed followed = new Followed(stranger)) {
        followed.sink.awaitState(State.LOST);
        assertTrue(followed.status().detail().contains("PKIX"), followed.status().detail());
      }
    }
  }

  @Test
  void aTokenFileThatAKubeconfigNamesIsReadEachTime(@TempDir Path folder) throws Exception {
    try (ApiServer server = ApiServer.start(folder)) {
      server.apply(Manifests.namespace("a"));
      Path token = Files.writeString(folder.resolve("secret"), server.token());
      Path kubeconfig = folder.resolve("other");
      Files.writeString(
          kubeconfig,
          Files.readString(server.kubeconfig())
              .replace("{token: \"" + server.token() + "\"}", "{tokenFile: secret}"));
      try (Followed followed = new Followed(TestSettings.of(kubeconfig))) {
        followed.sink.awaitState(State.SYNCED);
        Files.writeString(token, "the-next-one");
        server.accept("the-next-one");
        assertEquals(State.SYNCED, followed.reread().state());
      }
    }
  }

  @Test
  void aKubeconfigIsReadAgainWhenItChanges(@TempDir Path folder) throws Exception {
    Path kubeconfig = folder.resolve("config");
    try (ApiServer first = ApiServer.start(folder.resolve("1"));
        ApiServer second = ApiServer.start(folder.resolve("2"));
        Followed followed = new Followed(TestSettings.of(kubeconfig))) {
      followed.sink.awaitState(State.LOST);
      assertTrue(followed.status().detail().contains("kubeconfig"), followed.status().detail());
      assertEquals(State.LOST, followed.reread().state());
      assertFalse(followed.sink.synced());

      first.apply(Manifests.namespace("a") + Manifests.namespace("both"));
      Files.copy(first.kubeconfig(), kubeconfig);
      followed.awaitNamespaces("a", "both");
      followed.sink.awaitSynced();

      second.apply(Manifests.namespace("b") + Manifests.namespace("both"));
      Files.writeString(kubeconfig, Files.readString(second.kubeconfig()));
      followed.awaitNamespaces("b", "both");
      followed.sink.awaitState(State.SYNCED);

      followed.source.configure(TestSettings.of(new Kubeconfig(first.kubeconfig(), "test")));
      followed.awaitNamespaces("a", "both");
      followed.source.configure(TestSettings.of(new Kubeconfig(first.kubeconfig(), "other")));
      followed.sink.awaitState(State.LOST);
      assertTrue(
          followed.status().detail().contains("no context 'other'"), followed.status().detail());
      assertTrue(followed.names(ResourceKind.NAMESPACE).contains("a"));
    }
  }

  @Test
  void aForbiddenKindIsNamedWithTheRuleThatIsMissing(@TempDir Path folder) throws Exception {
    try (ApiServer server = ApiServer.start(folder)) {
      server.apply(Manifests.namespace("a"));
      server.faults().forbid("networkpolicies");
      try (Followed followed =
          new Followed(TestSettings.of(server.kubeconfig()), ResourceKind.NETWORK_POLICY)) {
        followed.sink.awaitState(State.DEGRADED);
        followed.awaitNamespaces("a");
        followed.sink.await(
            "the rule is named",
            seen ->
                problems(seen.status().orElseThrow())
                    .contains(
                        "{apiGroups: [\"networking.k8s.io\"], resources: [\"networkpolicies\"],"
                            + " verbs: [\"list\", \"watch\"]}"));
        assertEquals(State.DEGRADED, followed.reread().state());
        assertFalse(followed.sink.synced(), "policies may exist that nobody has seen");

        server.faults().clear();
        followed.sink.awaitState(State.SYNCED);
        followed.sink.awaitSynced();
      }
    }
  }

  @Test
  void aKindThatTheServerDoesNotKnowKeepsNobodyWaiting(@TempDir Path folder) throws Exception {
    try (ApiServer server = ApiServer.start(folder)) {
      server.apply(Manifests.namespace("a"));
      try (Followed followed = new Followed(TestSettings.of(server.kubeconfig()), WIDGET)) {
        followed.sink.awaitSynced();
        followed.sink.awaitState(State.DEGRADED);
        assertTrue(
            problems(followed.status()).contains("does not know this kind"),
            problems(followed.status()));

        server.serve(WIDGETS);
        server.apply(
            "{apiVersion: example.com/v1, kind: Widget, metadata: {name: w, namespace: a}}");
        assertEquals(State.SYNCED, followed.reread().state());
        followed.awaitNames(WIDGET, "w");

        server.unserve("widgets");
        server.faults().cutWatches();
        followed.sink.awaitState(State.DEGRADED);
        assertEquals(State.DEGRADED, followed.reread().state());
        assertTrue(problems(followed.status()).contains("is kept"), problems(followed.status()));
        assertEquals(List.of(), followed.deleted());
      }
    }
  }

  @Test
  void anAbsentKindThatIsOptionalIsNoProblem(@TempDir Path folder) throws Exception {
    try (ApiServer server = ApiServer.start(folder)) {
      Settings plain = TestSettings.of(server.kubeconfig());
      Settings settings =
          new Settings(
              plain.access(),
              java.util.Set.of(WIDGET),
              plain.pageSize(),
              plain.probe(),
              plain.timeout(),
              plain.silence(),
              plain.firstPause(),
              plain.longestPause());
      try (Followed followed = new Followed(settings, WIDGET)) {
        followed.sink.awaitSynced();
        assertEquals(State.SYNCED, followed.reread().state());
      }
    }
  }
}
