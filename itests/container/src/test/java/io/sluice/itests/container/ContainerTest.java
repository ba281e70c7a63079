package io.sluice.itests.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;

/** One container for all; each test leaves it as it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerTest {
  private static final String EXPLAIN = "explain shop/web shop/db 5432/TCP";
  private static final String FLOWS = "flows NetworkPolicy/shop/closed";
  private static final String DATAPATH = "io.sluice.api.datapath.Datapath";

  /** The API and Vert.x are updated with a restart of the agent; what is below is the container. */
  private static final int FIRST_LIVE_LEVEL = 40;

  private final Container container;
  private final Bundle engine;

  ContainerTest(@TempDir Path folder) throws IOException {
    container = new Container(folder);
    engine = container.bundle("io.sluice.engine");
    Texts.write(container.manifests, "shop.yaml", Texts.SHOP);
    Texts.write(container.manifests, "closed.yaml", Texts.CLOSED);
  }

  @AfterAll
  void stop() {
    container.close();
  }

  @BeforeEach
  void theRulesAreThere() throws InterruptedException {
    container.executeUntil(EXPLAIN, out -> out.startsWith("DENY"));
  }

  @Test
  void everythingIsActive() {
    List<String> idle =
        Stream.of(container.context.getBundles())
            .filter(Container::runs)
            .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
            .map(bundle -> bundle.getSymbolicName() + " in state " + bundle.getState())
            .toList();
    assertEquals(List.of(), idle);
  }

  @Test
  void everyComponentIsSatisfiedOrWaitsForAConfigurationThatIsNotThere() {
    List<String> wrong = new ArrayList<>();
    int satisfied = 0;
    for (String line : container.ask("components")) {
      String[] words = line.split(" ", 3);
      boolean waits =
          words[1].equals("needs")
              && Stream.of(words[2].split(","))
                  .noneMatch(pid -> Files.exists(container.conf.resolve(pid + ".cfg")));
      satisfied += words[1].equals("satisfied") ? 1 : 0;
      if (waits) {
        System.out.println("not configured: " + line);
      } else if (!words[1].equals("satisfied")) {
        wrong.add(line);
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(satisfied > 10, "so few components: " + satisfied);
  }

  @Test
  void everyExtensionPointIsServedAndBound() {
    for (String point :
        List.of(
            DATAPATH,
            "io.sluice.api.source.EventSource",
            "io.sluice.api.policy.PolicyTranslator",
            "io.sluice.api.store.LabelStore",
            "io.sluice.api.store.PolicyStore")) {
      List<ServiceReference<?>> services = container.services(point);
      assertFalse(services.isEmpty(), point);
      for (ServiceReference<?> service : services) {
        assertTrue(Picture.uses(engine, service.getProperty(Constants.SERVICE_ID)), point);
      }
    }
    assertEquals(
        engine, container.services("io.sluice.api.control.Control").getFirst().getBundle());
  }

  @Test
  void aConfigurationIsAppliedWithoutARestartOfItsComponent() throws Exception {
    Path other = Files.createDirectories(container.folder.resolve("other"));
    Texts.write(
        other, "yard.yaml", Texts.namespace("yard") + Texts.pod("yard", "crane", "10.0.1.1"));
    Object before = source("files").getProperty(Constants.SERVICE_ID);
    configure("io.sluice.source.files", "directory", other.toString());
    container.executeUntil(
        "endpoints", out -> out.contains("yard/crane") && !out.contains("shop/web"));
    configure("io.sluice.source.files", "directory", container.manifests.toString());
    container.executeUntil(
        "endpoints", out -> !out.contains("yard/crane") && out.contains("shop/web"));
    assertEquals(before, source("files").getProperty(Constants.SERVICE_ID));
  }

  private ServiceReference<?> source(String name) {
    return container.services("io.sluice.api.source.EventSource").stream()
        .filter(service -> name.equals(service.getProperty("sluice.source.name")))
        .findFirst()
        .orElseThrow();
  }

  private void configure(String... words) {
    assertEquals(1, container.ask("configure", words).size());
  }

  /** What is to be seen of a bundle while it is there. */
  private interface Stay {
    void look() throws Exception;
  }

  /**
   * Installs an example, looks at what it does, updates it, looks again, and takes it out: the
   * container is then as it was before.
   */
  private void comesAndGoes(String name, String type, Stay stay, Stay farewell) throws Exception {
    Set<String> before = Picture.of(container.context);
    Bundle bundle = container.context.installBundle("reference:" + Container.example(name).toUri());
    bundle.start();
    Object first = bound(bundle, type);
    stay.look();
    container.update(bundle);
    Object second = bound(bundle, type);
    assertNotEquals(first, second);
    assertFalse(Picture.uses(engine, first), "the engine uses what is gone");
    stay.look();
    farewell.look();
    bundle.uninstall();
    Container.await(
        () -> "all is as before: " + Picture.of(container.context) + " is " + before,
        () -> Picture.of(container.context).equals(before));
    assertFalse(Picture.uses(engine, second), "the engine uses what is gone");
  }

  /** The id of the service that a bundle provides, once the engine uses it. */
  private Object bound(Bundle bundle, String type) throws InterruptedException {
    Container.await(() -> "the engine uses the " + type, () -> provided(bundle, type) != null);
    Object id = provided(bundle, type);
    assertNotNull(id);
    return id;
  }

  private @Nullable Object provided(Bundle bundle, String type) {
    return container.services(type).stream()
        .filter(service -> bundle.equals(service.getBundle()))
        .map(service -> service.getProperty(Constants.SERVICE_ID))
        .filter(id -> Picture.uses(engine, id))
        .findFirst()
        .orElse(null);
  }

  @Test
  void theJournalComesAndGoes() throws Exception {
    Path file = container.folder.resolve("journal");
    Path moved = container.folder.resolve("journal-moved");
    configure("io.sluice.example.journal", "file", file.toString());
    comesAndGoes(
        "datapath-journal",
        DATAPATH,
        () -> {
          container.execute("datapath use journal");
          container.executeUntil(
              "datapath list", out -> out.matches("(?s).*journal +0 +no +chosen.*"));
          assertTrue(Files.readString(file).contains("NetworkPolicy/shop/closed"));
        },
        () -> {
          configure("io.sluice.example.journal", "file", moved.toString());
          Container.await(() -> moved + " is written", () -> Files.exists(moved));
          container.execute("datapath use memory");
          container.executeUntil(
              "datapath list", out -> out.matches("(?s).*memory +0 +no +chosen.*"));
        });
    configure("io.sluice.example.journal");
    container.executeUntil("datapath list", out -> !out.contains("journal"));
    assertTrue(container.execute(FLOWS).contains("closed"));
  }

  @Test
  void theDirectoryOfLabelsComesAndGoes() throws Exception {
    Path directory = container.folder.resolve("labels");
    configure("io.sluice.example.directory", "directory", directory.toString());
    comesAndGoes(
        "labels-directory",
        "io.sluice.api.store.LabelStore",
        () -> {
          container.executeUntil("status", out -> out.contains("in " + directory));
          Container.await(() -> directory + " holds a pod", () -> holdsAPod(directory));
        },
        () -> {});
    configure("io.sluice.example.directory");
    assertFalse(container.execute("status").contains("in " + directory));
  }

  private static boolean holdsAPod(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().contains("picture-")).toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
            .contains("10.0.0.2")) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // A file was replaced meanwhile; looked at again.
    }
  }

  @Test
  void theQuarantineComesAndGoes() throws Exception {
    String out = "explain shop/web 203.0.113.7 443/TCP";
    assertTrue(container.execute(out).startsWith("ALLOW"));
    Texts.write(container.manifests, "quarantine.yaml", Texts.QUARANTINE);
    comesAndGoes(
        "translator-quarantine",
        "io.sluice.api.policy.PolicyTranslator",
        () ->
            container.executeUntil(
                out,
                said -> said.startsWith("DENY") && said.contains("Quarantine/shop/suspicious")),
        () -> {
          Files.delete(container.manifests.resolve("quarantine.yaml"));
          container.executeUntil(out, said -> said.startsWith("ALLOW"));
        });
  }

  @Test
  void theInventoryComesAndGoesAndIsForgottenWhenItIsNamed() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] table =
              "namespace office\nmachine office/printer 10.9.0.4 app=printer\nend\n"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, table.length);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(table);
          }
        });
    server.start();
    try {
      configure(
          "io.sluice.example.inventory",
          "url",
          "http://127.0.0.1:" + server.getAddress().getPort() + "/");
      comesAndGoes(
          "source-inventory",
          "io.sluice.api.source.EventSource",
          () -> container.executeUntil("endpoints", out -> out.contains("office/printer")),
          () -> {});
      assertTrue(
          container.execute("endpoints").contains("office/printer"),
          "a source that is gone deletes nothing");
      configure("io.sluice.engine", "forget", "inventory");
      container.executeUntil("endpoints", out -> !out.contains("office/printer"));
    } finally {
      configure("io.sluice.example.inventory");
      configure("io.sluice.engine", "forget", "");
      server.stop(0);
    }
  }

  @Test
  void everyBundleCanBeUpdatedWhileTheMemoryDatapathHoldsItsRules() throws Exception {
    String rules = container.execute(FLOWS);
    assertTrue(rules.contains("closed"), rules);
    Bundle memory = container.bundle("io.sluice.datapath.memory");
    for (Bundle bundle : container.context.getBundles()) {
      if (bundle.adapt(BundleStartLevel.class).getStartLevel() >= FIRST_LIVE_LEVEL
          && Container.runs(bundle)) {
        Object holder = bound(memory, DATAPATH);
        update(bundle);
        if (!bundle.equals(memory)) {
          assertEquals(holder, provided(memory, DATAPATH), "after " + bundle.getSymbolicName());
        }
      }
    }
    everythingIsActive();
    everyExtensionPointIsServedAndBound();
    for (String store :
        List.of("label-store +memory", "label-store +mvstore", "policy-store +mvstore")) {
      container.executeUntil("status", out -> out.matches("(?s).*\n" + store + " +written .*"));
    }
    container.executeUntil("status", out -> out.contains("\nno problems\n"));
  }

  private void update(Bundle bundle) throws BundleException, InterruptedException {
    container.update(bundle);
    Container.await(
        () -> bundle.getSymbolicName() + " is active again",
        () -> bundle.getState() == Bundle.ACTIVE);
    container.executeUntil(EXPLAIN, out -> out.startsWith("DENY"));
    container.executeUntil(FLOWS, out -> out.contains("closed"));
  }
}
