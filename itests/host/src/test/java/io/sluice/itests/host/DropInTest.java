package io.sluice.itests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.policy.PolicyTranslator;
import io.sluice.api.source.EventSource;
import io.sluice.api.store.PolicyStore;
import io.sluice.itests.host.dropin.ClosedDialect;
import io.sluice.itests.host.dropin.FilePolicyStore;
import io.sluice.itests.host.dropin.OneNamespace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that come and go while the agent runs. */
class DropInTest {
  private static byte[] bundle(String version) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", "dropped.in");
    attributes.putValue("Bundle-Name", "Dropped in");
    attributes.putValue("Bundle-Version", version);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return bytes.toByteArray();
  }

  private static void drop(Path deploy, String version) throws IOException {
    Path next = deploy.resolve(".dropped.jar");
    Files.write(next, bundle(version));
    Files.move(next, deploy.resolve("dropped.jar"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void aBundleIsInstalledUpdatedAndRemoved(@TempDir Path folder) throws Exception {
    Path manifests = Files.createDirectories(folder.resolve("manifests"));
    try (OwnDistribution own = new OwnDistribution(folder.resolve("home"));
        RunningAgent agent = RunningAgent.start(own.home, folder, "node-1", manifests)) {
      assertFalse(agent.exec("lb").out().contains("Dropped in"));

      drop(own.deploy, "1.0.0");
      agent.execUntil(
          "lb", bundles -> bundles.out().matches("(?s).*Active[^\n]*Dropped in \\(1.0.0\\).*"));
      drop(own.deploy, "2.0.0");
      agent.execUntil(
          "lb", bundles -> bundles.out().matches("(?s).*Active[^\n]*Dropped in \\(2.0.0\\).*"));
      Files.delete(own.deploy.resolve("dropped.jar"));
      agent.execUntil("lb", bundles -> !bundles.out().contains("Dropped in"));

      assertEquals(0, agent.exec("sluice:status").status());
    }
  }

  @Test
  void aTranslatorASourceAndAStoreTakePartAtOnceAndGo(@TempDir Path folder) throws Exception {
    Manifests manifests =
        new Manifests(folder.resolve("manifests"))
            .put(
                "shop.yaml",
                Manifests.namespace("shop")
                    + Manifests.pod("shop", "web", "node-1", "10.0.0.1")
                    + Manifests.pod("shop", "db", "node-1", "10.0.0.2"))
            .put(
                "closed.yaml",
                """
                apiVersion: dropin.example.com/v1
                kind: Closed
                metadata:
                  name: everything
                  namespace: shop
                """);
    String explain = "sluice:explain shop/web shop/db 80/TCP";
    try (OwnDistribution own = new OwnDistribution(folder.resolve("home"));
        RunningAgent agent = RunningAgent.start(own.home, folder, "node-1", manifests.directory)) {
      assertEquals(0, agent.exec("sluice:settle").status());
      assertTrue(agent.exec(explain).out().startsWith("ALLOW"));

      Path dialect =
          DropIn.component("dialect", ClosedDialect.class, PolicyTranslator.class)
              .property(PolicyTranslator.NAME, "String", "closed")
              .drop(own.deploy);
      Cli.Result denied = agent.execUntil(explain, explained -> explained.out().startsWith("DENY"));
      assertTrue(denied.out().contains("Closed/shop/everything"), denied.out());

      Path source =
          DropIn.component("harbour", OneNamespace.class, EventSource.class)
              .property(EventSource.NAME, "String", "harbour")
              .drop(own.deploy);
      agent.execUntil("sluice:endpoints", pods -> pods.out().contains("harbour/pilot"));

      Path store =
          DropIn.component("store", FilePolicyStore.class, PolicyStore.class)
              .withProperties()
              .property(PolicyStore.NAME, "String", "keys")
              .property("folder", "String", folder.toString())
              .drop(own.deploy);
      agent.execUntil(
          "sluice:status", status -> status.out().matches("(?s).*policy-store +keys .*"));
      manifests.put("policy.yaml", Manifests.policy("shop", "only-admin", "admin"));
      assertEquals(0, agent.exec("sluice:settle").status());
      agent.execUntil("sluice:status", status -> contains(folder.resolve("store.keys"), "admin"));

      Files.delete(dialect);
      Files.delete(source);
      Files.delete(store);
      Cli.Result status =
          agent.execUntil(
              "sluice:status",
              gone ->
                  !gone.out().contains("policy-store  keys")
                      && gone.out().matches("(?s).*source +harbour +gone.*")
                      && !gone.out().matches("(?s).*translator +closed .*"));
      assertTrue(agent.exec(explain).out().startsWith("DENY"), "what it said stays: " + status);
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.exists(file) && Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
