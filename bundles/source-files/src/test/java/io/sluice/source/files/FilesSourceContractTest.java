package io.sluice.source.files;

import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.source.EventSource;
import io.sluice.kit.source.EventSourceContract;
import io.sluice.kit.source.SourceInput;
import io.sluice.manifests.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** The source of files keeps the contract of sources. */
class FilesSourceContractTest extends EventSourceContract {
  @TempDir Path root = Path.of("");

  @Override
  protected SourceInput make() throws IOException {
    Path directory = Files.createDirectory(root.resolve("manifests"));
    return new Input(
        directory,
        new FilesSource(
            directory,
            Limits.DEFAULT,
            System::nanoTime,
            InstantSource.system(),
            Duration.ofMillis(200)));
  }

  /** One file an object; contact is lost by moving the directory away. */
  private static final class Input implements SourceInput {
    private final Path directory;
    private final Path away;
    private final FilesSource source;

    Input(Path directory, FilesSource source) {
      this.directory = directory;
      this.away = directory.resolveSibling("away");
      this.source = source;
    }

    @Override
    public EventSource source() {
      return source;
    }

    @Override
    public void put(Namespace namespace) {
      StringBuilder text = new StringBuilder();
      text.append("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ").append(namespace.name());
      text.append("\n  labels:\n");
      namespace
          .labels()
          .forEach((k, v) -> text.append("    ").append(k).append(": '").append(v).append("'\n"));
      write(namespace.name(), text.toString());
    }

    @Override
    public void putPolicy(String namespace, String name) {
      write(
          name,
          """
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: {name: %s, namespace: %s}
          spec: {podSelector: {}}
          """
              .formatted(name, namespace));
    }

    @Override
    public void remove(ResourceKey key) {
      run(() -> Files.deleteIfExists(file(key.name())));
    }

    @Override
    public void spoil(String namespace) {
      write(
          namespace,
          """
          apiVersion: v1
          kind: Namespace
          metadata: {name: %s, labels: {kit: not a label}}
          """
              .formatted(namespace));
    }

    @Override
    public void loseContact() {
      run(() -> Files.move(directory, away));
    }

    @Override
    public void regainContact() {
      run(() -> Files.move(away, directory));
    }

    @Override
    public void close() {
      source.stop();
    }

    private Path file(String name) {
      return (Files.exists(away) ? away : directory).resolve(name + ".yaml");
    }

    private void write(String name, String text) {
      run(() -> Files.writeString(file(name), text));
    }

    private interface Io {
      Object run() throws IOException;
    }

    private static void run(Io io) {
      try {
        Object unused = io.run();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
