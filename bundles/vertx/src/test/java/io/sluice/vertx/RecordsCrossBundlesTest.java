package io.sluice.vertx;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** Vert.x as it was built, inside a real Felix. */
class RecordsCrossBundlesTest {
  private static final String IMPORTS =
      "org.osgi.framework,io.vertx.core,io.vertx.core.eventbus,io.vertx.core.streams";
  private static final Duration END = Duration.ofSeconds(10);

  @Test
  void aRecordReachesAnotherBundleAndComesBackAsTheSameObject(@TempDir Path storage)
      throws Exception {
    try (FelixHost felix = new FelixHost(storage)) {
      felix.await("(objectClass=io.vertx.core.Vertx)");
      Bundle words =
          felix.start("words", Map.of(Constants.EXPORT_PACKAGE, "io.sluice.vertx"), Parcel.class);
      Bundle receiver = endpoint(felix, "receiver", Receiver.class);
      Bundle sender = endpoint(felix, "sender", Sender.class);

      Object sent = felix.await("(what=sent)");
      assertSame(sent, felix.await("(what=received)"));
      assertSame(sent, felix.await("(what=answered)"));
      assertSame(words.loadClass(Parcel.class.getName()), sent.getClass());
      assertNotSame(
          receiver.loadClass(Receiver.class.getName()).getClassLoader(),
          sender.loadClass(Sender.class.getName()).getClassLoader());
    }
  }

  @Test
  void stoppingTheBundleClosesVertx(@TempDir Path storage) throws Exception {
    try (FelixHost felix = new FelixHost(storage)) {
      felix.await("(objectClass=io.vertx.core.Vertx)");
      felix.start("words", Map.of(Constants.EXPORT_PACKAGE, "io.sluice.vertx"), Parcel.class);
      endpoint(felix, "receiver", Receiver.class);
      endpoint(felix, "sender", Sender.class);
      felix.await("(what=answered)");
      List<Thread> loops = eventLoops();
      assertFalse(loops.isEmpty());

      felix.stop("io.sluice.vertx");
      assertFalse(felix.has("io.vertx.core.Vertx"));
      for (Thread loop : loops) {
        // An event loop reports its end as the last thing that it does before it ends.
        assertTrue(loop.join(END), loop.getName());
      }
    }
  }

  private static List<Thread> eventLoops() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("vert.x-eventloop"))
        .filter(Thread::isAlive)
        .toList();
  }

  /** A bundle of its own code; the parcel's class comes from the bundle that exports it. */
  private static Bundle endpoint(FelixHost felix, String name, Class<?> activator)
      throws Exception {
    return felix.start(
        name,
        Map.of(
            Constants.IMPORT_PACKAGE,
            IMPORTS,
            Constants.REQUIRE_BUNDLE,
            "words",
            Constants.BUNDLE_ACTIVATOR,
            activator.getName()),
        activator,
        Services.class);
  }
}
