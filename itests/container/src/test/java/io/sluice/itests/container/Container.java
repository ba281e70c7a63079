package io.sluice.itests.container;

import io.sluice.itests.container.inside.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.nat.internal.NativeTestContainer;
import org.ops4j.pax.exam.spi.DefaultExamSystem;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.ops4j.pax.tinybundles.TinyBundle;
import org.ops4j.pax.tinybundles.TinyBundles;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The bundles of the distribution at the start levels of its folders, with the configuration that
 * is shipped, and the probe. The framework's properties are those of the launcher.
 */
final class Container implements AutoCloseable {
  private static final int LAST_LEVEL = 100;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final String IMPORTS =
      "org.osgi.framework,org.osgi.service.cm,org.osgi.service.component.runtime,"
          + "org.osgi.service.component.runtime.dto,org.osgi.dto,org.apache.felix.service.command";
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  final Path folder;
  final Path conf;
  final Path manifests;
  final BundleContext context;
  private final TestContainer container;

  /** Starts it; everything that was configured is there when this returns, or will be soon. */
  Container(Path folder) throws IOException {
    this.folder = folder;
    conf = Files.createDirectories(folder.resolve("conf"));
    manifests = Files.createDirectories(folder.resolve("manifests"));
    Files.createDirectories(folder.resolve("run")); // The launcher would, and lock it.
    Path home = ROOT.resolve("distribution/target/sluice");
    try (Stream<Path> shipped = Files.list(home.resolve("config"))) {
      for (Path file : shipped.filter(Files::isRegularFile).toList()) {
        Files.copy(file, conf.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.writeString(conf.resolve("io.sluice.node.cfg"), "name = node-1\n");
    Files.writeString(conf.resolve("io.sluice.metrics.cfg"), "port = 0\n");
    Files.writeString(
        conf.resolve("io.sluice.source.files.cfg"), "directory = " + manifests + "\n");
    container = PaxExamRuntime.createContainer(DefaultExamSystem.create(options(home))).start();
    if (!(container instanceof NativeTestContainer here)) {
      throw new IllegalStateException(container + " is not in this process");
    }
    context = here.getSystemBundle().getBundleContext();
    long unused = container.install(probe());
  }

  private Option[] options(Path home) throws IOException {
    List<Option> options = new ArrayList<>();
    options.add(CoreOptions.workingDirectory(folder.resolve("work").toString()));
    options.add(CoreOptions.frameworkStartLevel(LAST_LEVEL));
    property(options, "ds.showerrors", "true");
    property(options, "felix.fileinstall.dir", conf.toString());
    property(options, "felix.fileinstall.tmpdir", folder.resolve("tmp").toString());
    property(options, "felix.fileinstall.filter", "[^.].*\\.(cfg|config)");
    property(options, "felix.fileinstall.noInitialDelay", "true");
    property(options, "felix.fileinstall.poll", "500");
    property(options, "felix.fileinstall.enableConfigSave", "false");
    property(options, "felix.fileinstall.log.level", "2");
    property(options, "sluice.home", home.toString());
    property(options, "sluice.conf", conf.toString());
    property(options, "sluice.data", folder.resolve("data").toString());
    property(options, "sluice.run", folder.resolve("run").toString());
    property(options, "sluice.socket", folder.resolve("run/admin.sock").toString());
    try (Stream<Path> levels = Files.list(home.resolve("bundles"))) {
      for (Path level : levels.sorted().toList()) {
        String name = level.getFileName().toString();
        if (name.matches("\\d\\d-.*")) {
          bundles(options, level, Integer.parseInt(name.substring(0, 2)));
        }
      }
    }
    return options.toArray(Option[]::new);
  }

  private static void property(List<Option> options, String key, String value) {
    options.add(CoreOptions.frameworkProperty(key).value(value));
  }

  private static void bundles(List<Option> options, Path folder, int level) throws IOException {
    try (Stream<Path> jars = Files.list(folder)) {
      jars.sorted()
          .forEach(
              jar -> options.add(CoreOptions.bundle("reference:" + jar.toUri()).startLevel(level)));
    }
  }

  private static InputStream probe() throws IOException {
    String inside = Probe.class.getPackageName().replace('.', '/');
    TinyBundle probe =
        TinyBundles.bundle()
            .setHeader(Constants.BUNDLE_MANIFESTVERSION, "2")
            .setHeader(Constants.BUNDLE_SYMBOLICNAME, "io.sluice.itests.probe")
            .setHeader(Constants.BUNDLE_ACTIVATOR, Probe.class.getName())
            .setHeader(Constants.IMPORT_PACKAGE, IMPORTS);
    try (Stream<Path> files = Files.list(Path.of("target/test-classes", inside))) {
      for (Path file : files.sorted().toList()) {
        probe.addResource(inside + "/" + file.getFileName(), file.toUri().toURL());
      }
    }
    return probe.build(TinyBundles.rawBuilder());
  }

  /** The jar of an example. */
  static Path example(String name) throws IOException {
    try (Stream<Path> built = Files.list(ROOT.resolve("itests/examples/" + name + "/target"))) {
      return built
          .filter(file -> file.getFileName().toString().matches("sluice-example-.*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("the example " + name + " is not built"));
    }
  }

  /** The bundle of this symbolic name. */
  Bundle bundle(String symbolicName) {
    return Stream.of(context.getBundles())
        .filter(bundle -> bundle.getSymbolicName().equals(symbolicName))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no bundle " + symbolicName));
  }

  /** Updates a bundle and has all that use its packages use the new ones, as a drop-in would. */
  void update(Bundle bundle) throws BundleException, InterruptedException {
    bundle.update();
    CountDownLatch refreshed = new CountDownLatch(1);
    context
        .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
        .adapt(FrameworkWiring.class)
        .refreshBundles(List.of(bundle), event -> refreshed.countDown());
    if (!refreshed.await(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
      throw new AssertionError(bundle.getSymbolicName() + " is not refreshed");
    }
  }

  /** Who provides services of a type, whoever's class it is. */
  List<ServiceReference<?>> services(String type) {
    try {
      ServiceReference<?>[] found = context.getAllServiceReferences(type, null);
      return found == null ? List.of() : List.of(found);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks the probe. */
  List<String> ask(String question, String... words) {
    ServiceReference<?> asked =
        services(Function.class.getName()).stream()
            .filter(reference -> question.equals(reference.getProperty(Probe.QUESTION)))
            .findFirst()
            .orElseThrow();
    return answer(context.getService(asked), List.of(words));
  }

  @SuppressWarnings("unchecked") // What the probe registers under these questions.
  private static List<String> answer(@Nullable Object function, List<String> words) {
    return ((Function<List<String>, List<String>>) Objects.requireNonNull(function)).apply(words);
  }

  /** What a command of the shell prints. */
  String execute(String command) {
    return String.join("\n", ask("execute", command)) + "\n";
  }

  /** Runs a command until it prints what is wanted. */
  String executeUntil(String command, Predicate<String> wanted) throws InterruptedException {
    String[] last = {""};
    await(
        () -> command + " prints what is wanted, not " + last[0],
        () -> {
          last[0] = execute(command);
          return wanted.test(last[0]);
        });
    return last[0];
  }

  /** Waits until something holds. */
  static void await(Supplier<String> what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain until " + what.get());
      }
      Thread.sleep(20);
    }
  }

  /** Whether it should run at all. */
  static boolean runs(Bundle bundle) {
    return bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null;
  }

  @Override
  public void close() {
    container.stop();
  }
}
