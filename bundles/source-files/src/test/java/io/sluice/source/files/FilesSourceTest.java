package io.sluice.source.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Resource;
import io.sluice.api.source.SessionRequest;
import io.sluice.api.source.SourceStatus.State;
import io.sluice.kit.source.RecordingSink;
import io.sluice.manifests.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source on its own thread, with nothing but the kernel's notices to tell it of changes. */
class FilesSourceTest {
  private static final Duration NEVER = Duration.ofDays(1);

  private final RecordingSink sink = new RecordingSink();
  private final Path root;
  private final Path path;
  private final FilesSource source;

  FilesSourceTest(@TempDir Path root) throws IOException {
    this.root = root;
    path = Files.createDirectory(root.resolve("manifests"));
    source = new FilesSource(path, Limits.DEFAULT, System::nanoTime, InstantSource.system(), NEVER);
  }

  @AfterEach
  void stop() {
    source.stop();
    assertEquals(0, sink.breaches().size(), sink.breaches().toString());
  }

  private static String namespace(String name, String label) {
    return "apiVersion: v1\nkind: Namespace\nmetadata: {name: %s, labels: {v: '%s'}}\n"
        .formatted(name, label);
  }

  private void open() throws InterruptedException {
    source.open(new SessionRequest(Set.of()), sink);
    sink.awaitSynced();
  }

  private void await(Map<String, String> expected) throws InterruptedException {
    sink.await(
        "namespaces are " + expected,
        seen -> {
          Map<String, String> labels = new TreeMap<>();
          for (Resource resource : seen.picture().values()) {
            if (resource instanceof Namespace namespace) {
              labels.put(namespace.name(), namespace.labels().getOrDefault("v", ""));
            }
          }
          return labels.equals(expected);
        });
  }

  @Test
  void noticesTellOfFiles() throws Exception {
    Files.writeString(path.resolve("a.yaml"), namespace("a", "1"));
    open();
    await(Map.of("a", "1"));
    Files.writeString(path.resolve("a.yaml"), namespace("a", "2"));
    await(Map.of("a", "2"));
    Files.writeString(path.resolve(".b.draft"), namespace("b", "1"));
    Files.move(path.resolve(".b.draft"), path.resolve("b.yaml"), StandardCopyOption.ATOMIC_MOVE);
    await(Map.of("a", "2", "b", "1"));
    Files.delete(path.resolve("a.yaml"));
    await(Map.of("b", "1"));
  }

  @Test
  void noticesTellOfTheDirectory() throws Exception {
    Files.writeString(path.resolve("a.yaml"), namespace("a", "1"));
    open();
    Path away = root.resolve("away");
    Files.move(path, away);
    sink.awaitState(State.LOST);
    Files.writeString(away.resolve("a.yaml"), namespace("a", "2"));
    Files.move(away, path);
    sink.awaitState(State.SYNCED);
    await(Map.of("a", "2"));
    Files.writeString(path.resolve("a.yaml"), namespace("a", "3"));
    await(Map.of("a", "3"));
  }

  @Test
  void noticesTellOfSwappedData() throws Exception {
    Path data = Files.createDirectory(path.resolve("..1"));
    Files.writeString(data.resolve("a.yaml"), namespace("a", "1"));
    Files.createSymbolicLink(path.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(path.resolve("a.yaml"), Path.of("..data/a.yaml"));
    open();
    await(Map.of("a", "1"));
    Path next = Files.createDirectory(path.resolve("..2"));
    Files.writeString(next.resolve("a.yaml"), namespace("a", "2"));
    Files.createSymbolicLink(path.resolve("..data_tmp"), Path.of("..2"));
    Files.move(path.resolve("..data_tmp"), path.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    await(Map.of("a", "2"));
  }

  @Test
  void directoryIsLive() throws Exception {
    Files.writeString(path.resolve("a.yaml"), namespace("a", "1"));
    open();
    Path other = Files.createDirectory(root.resolve("other"));
    Files.writeString(other.resolve("b.yaml"), namespace("b", "1"));
    source.move(other);
    await(Map.of("b", "1"));
    Files.writeString(other.resolve("b.yaml"), namespace("b", "2"));
    await(Map.of("b", "2"));
  }

  @Test
  void fileThatIsBrokenForGoodIsSaidSo() throws Exception {
    Files.writeString(path.resolve("a.yaml"), namespace("a", "1"));
    open();
    Files.writeString(path.resolve("a.yaml"), "kind: [\n");
    sink.awaitState(State.DEGRADED);
    await(Map.of("a", "1"));
    Files.writeString(path.resolve("a.yaml"), namespace("a", "2"));
    await(Map.of("a", "2"));
    sink.awaitState(State.SYNCED);
  }

  @Test
  void manyObjectsComeInBatches() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 12_000; i++) {
      text.append("---\n").append(namespace("n" + i, ""));
    }
    Files.writeString(path.resolve("a.yaml"), text);
    open();
    assertEquals(12_000, sink.picture().size());
    assertEquals(true, sink.batches().size() > 1);
  }
}
