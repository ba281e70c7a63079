package io.sluice.example.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.net.IpAddress;
import io.sluice.kit.Stages;
import io.sluice.kit.datapath.DatapathContract;
import io.sluice.kit.datapath.DatapathRig;
import io.sluice.kit.datapath.JudgedRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The journal keeps the contract of datapaths: packets are judged by what is read from the file.
 */
class JournalDatapathTest extends DatapathContract {
  private static final long MANY_BYTES = 1 << 20;

  private final List<JournalDatapath> made = new ArrayList<>();
  private final Path file;

  JournalDatapathTest(@TempDir Path folder) {
    file = folder.resolve("journal");
  }

  @Override
  protected DatapathRig rig() {
    return new JudgedRig<>(() -> make(MANY_BYTES), this::shown);
  }

  private JournalDatapath make(long maxBytes) {
    JournalDatapath datapath = new JournalDatapath(file, maxBytes);
    made.add(datapath);
    Stages.get(datapath.counters()); // What it begins with is written before another one writes.
    return datapath;
  }

  private Snapshot shown(JournalDatapath datapath) {
    Stages.get(datapath.counters()); // What was asked before has been written then.
    return JournalReader.read(file);
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (JournalDatapath datapath : made) {
      datapath.stop();
    }
  }

  private static Snapshot scene(long revision, int pods) {
    List<LocalEndpoint> endpoints = new ArrayList<>();
    for (int i = 0; i < pods; i++) {
      endpoints.add(
          new LocalEndpoint(
              new EndpointId("shop \"\\\u0007", "pod-" + i, ""),
              Set.of(IpAddress.parse("10.0.0." + i))));
    }
    return new Snapshot(revision, endpoints, Map.of(), Map.of(), List.of());
  }

  @Test
  void aSnapshotIsWrittenAsItsDifference() throws IOException {
    JournalDatapath datapath = make(MANY_BYTES);
    Stages.get(datapath.snapshot(scene(1, 100)));
    long before = Files.size(file);
    Stages.get(datapath.snapshot(scene(2, 101)));
    assertEquals(scene(2, 101).endpoints().size(), shown(datapath).endpoints().size());
    assertTrue(Files.size(file) < before + 400, "one pod more takes a line, not all of them");
  }

  @Test
  void aNewFileBeginsWithEverything() throws IOException {
    JournalDatapath datapath = make(2_000);
    for (int pods = 1; pods < 100; pods++) {
      Stages.get(datapath.snapshot(scene(pods, pods)));
      assertEquals(pods, shown(datapath).endpoints().size());
    }
    assertTrue(Files.size(file.resolveSibling("journal.1")) > 2_000);
  }

  @Test
  void aGroupThatWasCutOffCountsForNothingAndTheNextOneHoldsEverything() throws IOException {
    JournalDatapath datapath = make(MANY_BYTES);
    Stages.get(datapath.snapshot(scene(1, 3)));
    Files.writeString(file, "{\"revision\":2,\"chan", StandardOpenOption.APPEND);
    Path away = file.resolveSibling("away");
    Files.move(file, away);
    Files.createDirectory(file);
    assertInstanceOf(IOException.class, Stages.failure(datapath.snapshot(scene(2, 4))));
    assertTrue(datapath.status().detail().startsWith("could not write"));
    Files.delete(file);
    Files.move(away, file);
    Stages.get(datapath.snapshot(scene(3, 5)));
    assertEquals(5, shown(datapath).endpoints().size());
  }
}
