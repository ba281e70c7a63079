package io.sluice.source.files;

import io.sluice.api.source.BatchSink;
import io.sluice.api.source.EventSource;
import io.sluice.api.source.SessionRequest;
import io.sluice.api.source.SourceSession;
import io.sluice.manifests.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The event source that reads a directory of manifests. */
@Component(
    configurationPid = "io.sluice.source.files",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = EventSource.NAME + "=files")
@Designate(ocd = FilesConfig.class)
public final class FilesSource implements EventSource {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final FilesWorker worker;

  /** Starts to read. */
  @Activate
  public FilesSource(FilesConfig config) {
    this(directory(config), Limits.DEFAULT, System::nanoTime, InstantSource.system(), PERIOD);
  }

  /**
   * Starts to read.
   *
   * @param directory the directory
   * @param limits what a file may ask for
   * @param ticker a clock that only runs forward, in nanoseconds
   * @param wall the clock of the file system's times
   * @param period how often every file's fingerprint is looked at
   */
  FilesSource(
      Path directory, Limits limits, LongSupplier ticker, InstantSource wall, Duration period) {
    worker = new FilesWorker(directory, limits, ticker, wall, period);
    worker.start();
  }

  private static Path directory(FilesConfig config) {
    if (config.directory().isBlank()) {
      throw new IllegalArgumentException(
          "io.sluice.source.files.cfg: set directory to the directory of manifests");
    }
    return Path.of(config.directory()).toAbsolutePath().normalize();
  }

  @Override
  public SourceSession open(SessionRequest request, BatchSink sink) {
    return worker.open(request, sink);
  }

  @Modified
  void modified(FilesConfig config) {
    move(directory(config));
  }

  /** Reads another directory from now on. */
  void move(Path directory) {
    worker.move(directory);
  }

  /** Stops reading. */
  @Deactivate
  void stop() {
    worker.close();
  }
}
