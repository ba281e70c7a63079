package io.sluice.source.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.SourceStatus.State;
import io.sluice.manifests.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules by which the directory is followed, with time moved by hand. */
class DirectoryTest {
  private static final long MILLIS = 1_000_000L;

  private final List<String> changes = new ArrayList<>();

  /** Far ahead of the file system's clock, so that no fingerprint is doubtful. */
  private final InstantSource late = InstantSource.fixed(Instant.parse("2999-01-01T00:00:00Z"));

  private final Path root;
  private final Path path;
  private Directory directory;
  private long now;

  DirectoryTest(@TempDir Path root) throws IOException {
    this.root = root;
    path = Files.createDirectory(root.resolve("manifests"));
    directory = new Directory(path, Limits.DEFAULT, late, this::note);
    directory.claim(Set.of(ResourceKind.NETWORK_POLICY));
  }

  private void note(Change change) {
    changes.add(
        switch (change) {
          case Change.Upsert(Resource resource) ->
              "+"
                  + resource.key().name()
                  + (resource instanceof Namespace namespace
                      ? namespace.labels().getOrDefault("v", "")
                      : "");
          case Change.Delete delete -> "-" + delete.key().name();
        });
  }

  private static String namespace(String name, String label) {
    return "apiVersion: v1\nkind: Namespace\nmetadata: {name: %s, labels: {v: '%s'}}\n---\n"
        .formatted(name, label);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(path.resolve(file), text);
  }

  /** Looks, lets so many milliseconds pass in steps, and gives the changes. */
  private List<String> pass(long millis) {
    for (long end = now + millis * MILLIS; now < end; now += MILLIS) {
      directory.look(now);
      directory.work(now);
    }
    List<String> seen = List.copyOf(changes);
    changes.clear();
    return seen;
  }

  private List<String> reread() {
    directory.reread();
    List<String> seen = List.copyOf(changes);
    changes.clear();
    return seen;
  }

  private void assertState(State state, String detail) {
    assertEquals(state, directory.status().state(), directory.status().toString());
    assertTrue(directory.status().toString().contains(detail), directory.status().toString());
  }

  @Test
  void changedFileIsReadWhenItIsQuiet() throws IOException {
    write("a.yaml", namespace("a", "1") + namespace("b", "1"));
    assertEquals(List.of("+a1", "+b1"), reread());
    write("a.yaml", namespace("a", "1") + namespace("b", "2"));
    assertEquals(List.of(), pass(3));
    assertEquals(List.of("+b2"), pass(10));
    write("a.yaml", namespace("b", "2"));
    assertEquals(List.of("-a"), pass(20));
    assertState(State.SYNCED, "1 object in 1 file");
  }

  @Test
  void fileBeingWrittenIsReadOnce() throws IOException {
    write("other.yaml", namespace("o", ""));
    reread();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      text.append(namespace("n" + i, ""));
      write("a.yaml", text.toString());
      assertEquals(List.of(), pass(3), "still being written");
    }
    assertEquals(10, pass(20).size());
  }

  @Test
  void fileThatEndsWithinALineIsGivenTime() throws IOException {
    write("a.yaml", namespace("a", "1"));
    reread();
    String whole = namespace("a", "2");
    write("a.yaml", whole.substring(0, whole.indexOf("'2'") + 1));
    assertEquals(List.of(), pass(200));
    assertState(State.SYNCED, "");
    write("a.yaml", whole);
    assertEquals(List.of("+a2"), pass(20));
  }

  @Test
  void emptyAndBrokenFilesKeepWhatTheyHeld() throws IOException {
    for (String bad :
        List.of(
            "", "# nothing\n", "kind: [\n", "- x\n", "kind: List\napiVersion: v1\nitems: []\n")) {
      write("a.yaml", namespace("a", "1"));
      write("b.yaml", namespace("b", "1"));
      reread();
      write("a.yaml", bad);
      assertEquals(List.of(), pass(200), bad);
      assertState(State.SYNCED, "");
      assertEquals(List.of(), pass(100), bad);
      assertState(State.DEGRADED, "a.yaml");
      assertEquals(List.of(), reread(), bad);
      write("a.yaml", namespace("a", "1"));
      assertEquals(List.of(), pass(20), bad);
      assertState(State.SYNCED, "2 objects in 2 files");
    }
  }

  @Test
  void invalidObjectKeepsItsLastGoodState() throws IOException {
    write("a.yaml", namespace("a", "1") + namespace("b", "1") + namespace("c", "1"));
    reread();
    write("a.yaml", namespace("a", "not a label") + namespace("b", "2"));
    assertEquals(List.of("+b2", "-c"), reread());
    assertState(State.DEGRADED, "Namespace/a");
    write("a.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {}\n---\n" + namespace("b", "3"));
    assertEquals(List.of("+b3"), reread(), "the object without a name may have been a");
    write("a.yaml", namespace("b", "3"));
    assertEquals(List.of("-a"), reread());
    assertState(State.SYNCED, "");
  }

  @Test
  void removedFileDeletesItsObjects() throws IOException {
    write("a.yaml", namespace("a", "1"));
    write("b.yaml", namespace("b", "1"));
    reread();
    Files.delete(path.resolve("a.yaml"));
    assertEquals(List.of(), pass(5));
    assertEquals(List.of("-a"), pass(20));
  }

  @Test
  void fileThatIsBackAtOnceWasNotRemoved() throws IOException {
    write("a.yaml", namespace("a", "1"));
    write("b.yaml", namespace("b", "1"));
    reread();
    Files.move(path.resolve("a.yaml"), path.resolve("a.yaml~"));
    assertEquals(List.of(), pass(5));
    write("a.yaml", namespace("a", "2"));
    assertEquals(List.of("+a2"), pass(30));
  }

  @Test
  void renamedFileMovesItsObjects() throws IOException {
    write("b.yaml", namespace("a", "1"));
    reread();
    Files.move(path.resolve("b.yaml"), path.resolve("a.yaml"));
    assertEquals(List.of("+a1"), pass(50), "only its origin is new");
    assertState(State.SYNCED, "1 object in 1 file");
  }

  @Test
  void emptiedDirectoryIsLostContact() throws IOException {
    write("a.yaml", namespace("a", "1"));
    write("b.yaml", namespace("b", "1"));
    reread();
    Files.delete(path.resolve("a.yaml"));
    Files.delete(path.resolve("b.yaml"));
    assertEquals(List.of(), pass(100));
    assertState(State.LOST, "is empty, but 2 objects");
    assertEquals(List.of(), reread());
    write("b.yaml", namespace("b", "1"));
    assertEquals(List.of(), pass(400), "the directory may be being filled");
    assertEquals(List.of("-a"), pass(200));
    assertState(State.SYNCED, "");
    write("b.yaml", "# nothing any more\n");
    write("none.yaml", "# on purpose\n");
    Files.delete(path.resolve("b.yaml"));
    assertEquals(List.of("-b"), pass(600), "a file without objects is left");
    assertState(State.SYNCED, "0 objects in 1 file");
  }

  @Test
  void directoryOnlyBackWhenItStopsChanging() throws IOException {
    for (int i = 0; i < 5; i++) {
      write("f" + i + ".yaml", namespace("n" + i, "1"));
    }
    reread();
    Path away = root.resolve("away");
    Files.move(path, away);
    assertEquals(List.of(), pass(100));
    assertState(State.LOST, "does not exist");
    Files.createDirectory(path);
    for (int i = 0; i < 5; i++) {
      assertEquals(List.of(), pass(100), "being restored, file by file");
      Files.copy(away.resolve("f" + i + ".yaml"), path.resolve("f" + i + ".yaml"));
    }
    assertEquals(List.of(), pass(1000));
    assertState(State.SYNCED, "5 objects in 5 files");
  }

  @Test
  void whatIsNoDirectoryIsLost() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "");
    directory.move(file);
    directory.reread();
    assertState(State.LOST, "is not a directory");
    directory.move(root.resolve("none"));
    directory.reread();
    assertState(State.LOST, "does not exist");
  }

  @Test
  void otherDirectoryReplacesThisOne() throws IOException {
    write("a.yaml", namespace("a", "1"));
    reread();
    Path other = Files.createDirectory(root.resolve("other"));
    directory.move(other);
    assertEquals(List.of(), reread());
    assertState(State.LOST, "is empty");
    Files.writeString(other.resolve("b.yaml"), namespace("b", "1"));
    assertEquals(Set.of("+b1", "-a"), Set.copyOf(reread()));
    assertState(State.SYNCED, "1 object in 1 file of " + other);
  }

  @Test
  void otherFilesAreIgnored() throws IOException {
    write(".hidden.yaml", namespace("h", ""));
    write("a.yaml~", namespace("h", ""));
    write(".a.yaml.swp", namespace("h", ""));
    write("README.md", namespace("h", ""));
    Files.writeString(
        Files.createDirectory(path.resolve("sub")).resolve("s.yaml"), namespace("s", ""));
    write("a.yml", namespace("a", ""));
    write("b.json", "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"b\"}}");
    write("c.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n");
    assertEquals(List.of("+a", "+b"), reread());
    assertState(State.SYNCED, "2 objects in 3 files");
    assertState(State.SYNCED, "skipped 1 Service");
    assertState(State.SYNCED, "1 subdirectories not read");
  }

  @Test
  void whatIsNoFileIsAProblem() throws IOException {
    write("a.yaml", namespace("a", ""));
    Files.createDirectory(path.resolve("d.yaml"));
    Files.createSymbolicLink(path.resolve("e.yaml"), path.resolve("nowhere"));
    assertEquals(List.of("+a"), reread());
    assertEquals(2, directory.status().problems().size());
    assertState(State.DEGRADED, "d.yaml");
    assertState(State.DEGRADED, "e.yaml");
  }

  /** As the kubelet updates a ConfigMap volume: new data beside the old, and one link swapped. */
  @Test
  void swappedDataLink() throws IOException {
    Path old = Files.createDirectory(path.resolve("..1"));
    Files.writeString(old.resolve("a.yaml"), namespace("a", "1"));
    Files.writeString(old.resolve("b.yaml"), namespace("b", "1"));
    Files.createSymbolicLink(path.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(path.resolve("a.yaml"), Path.of("..data/a.yaml"));
    Files.createSymbolicLink(path.resolve("b.yaml"), Path.of("..data/b.yaml"));
    assertEquals(List.of("+a1", "+b1"), reread());
    Path next = Files.createDirectory(path.resolve("..2"));
    Files.writeString(next.resolve("a.yaml"), namespace("a", "2"));
    Files.createSymbolicLink(path.resolve("..data_tmp"), Path.of("..2"));
    Files.move(path.resolve("..data_tmp"), path.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    assertEquals(List.of("+a2"), pass(100), "b's link leads nowhere, so far");
    Files.delete(path.resolve("b.yaml"));
    assertEquals(List.of("-b"), pass(100));
    assertState(State.SYNCED, "1 object in 1 file");
  }

  @Test
  void objectInTwoFilesIsTakenFromTheFirst() throws IOException {
    write("b.yaml", namespace("a", "b"));
    assertEquals(List.of("+ab"), reread());
    write("c.yaml", namespace("a", "c"));
    assertEquals(List.of(), reread());
    assertState(State.DEGRADED, "stands in " + path.resolve("b.yaml"));
    write("a.yaml", namespace("a", "a"));
    assertEquals(List.of("+aa"), reread());
    assertEquals(2, directory.status().problems().size());
    Files.delete(path.resolve("a.yaml"));
    assertEquals(List.of("+ab"), reread());
    Files.delete(path.resolve("b.yaml"));
    assertEquals(List.of("+ac"), reread());
    assertState(State.SYNCED, "");
  }

  @Test
  void sameContentIsNoChange() throws IOException {
    write("a.yaml", namespace("a", "1"));
    reread();
    write("a.yaml", "# moved down\n\n" + namespace("a", "1"));
    assertEquals(List.of(), pass(50));
    assertEquals(List.of(), reread());
  }

  @Test
  void newlyClaimedKindsAreRead() throws IOException {
    directory.claim(Set.of());
    write("a.yaml", "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\n");
    assertEquals(List.of(), reread());
    directory.claim(Set.of(ResourceKind.NETWORK_POLICY));
    assertEquals(List.of("+p"), reread());
  }

  @Test
  void tooLargeFileIsAProblem() throws IOException {
    directory = new Directory(path, Limits.DEFAULT.withFile(100, 10), late, this::note);
    write("a.yaml", namespace("a", "1").repeat(10));
    directory.reread();
    assertState(State.DEGRADED, "more than 100 bytes");
  }

  /** A write within one tick of the file system's clock may leave the same fingerprint. */
  @Test
  void doubtfulFingerprintIsReadAgain() throws IOException {
    directory = new Directory(path, Limits.DEFAULT, InstantSource.fixed(Instant.EPOCH), this::note);
    write("a.yaml", namespace("a", "1"));
    assertEquals(List.of("+a1"), reread());
    assertEquals(List.of(), pass(20));
    assertEquals(true, directory.due().isPresent(), "read again as long as it is in doubt");
  }
}
