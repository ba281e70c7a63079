package io.sluice.example.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.SessionRequest;
import io.sluice.api.source.SourceSession;
import io.sluice.api.source.SourceStatus;
import io.sluice.api.source.SourceStatus.State;
import io.sluice.kit.Stages;
import io.sluice.kit.source.RecordingSink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the table says, and what keeps a broken one from deleting. */
class InventorySourceTest {
  private static final String TABLE =
      """
      # machines beside the cluster
      namespace office team=it
      machine office/printer 10.9.0.4,fd00:9::4 app=printer
      machine office/door 10.9.0.5
      end
      """;

  private final RecordingSink sink = new RecordingSink();
  private final TableServer server = new TableServer();
  private final InventorySource source = new InventorySource(server.url(), Duration.ofMillis(20));
  private final SourceSession session;

  InventorySourceTest() throws IOException, InterruptedException {
    server.serve(TABLE);
    session = source.open(new SessionRequest(Set.of()), sink);
    sink.awaitSynced();
  }

  @AfterEach
  void stop() {
    source.stop();
    server.close();
    assertEquals(List.of(), sink.breaches());
  }

  private SourceStatus read(String table) {
    server.serve(table);
    return Stages.get(session.reread());
  }

  @Test
  void aMachineIsAnEndpointWithoutANode() {
    Endpoint printer =
        assertInstanceOf(
            Endpoint.class,
            sink.picture().get(new ResourceKey(ResourceKind.POD, "office", "printer")));
    assertEquals("", printer.nodeName());
    assertTrue(printer.selectable());
    assertEquals(Map.of("app", "printer"), printer.labels());
    assertEquals(
        List.of(IpAddress.parse("10.9.0.4"), IpAddress.parse("fd00:9::4")), printer.addresses());
  }

  @Test
  void aTableThatWasCutOffOrIsEmptyIsLostContact() {
    for (String table : List.of("", "end\n", TABLE.substring(0, TABLE.length() - 4))) {
      assertEquals(State.LOST, read(table).state(), table);
      assertEquals(3, sink.picture().size());
    }
    assertEquals(State.SYNCED, read("namespace office\nend\n").state());
    assertEquals(1, sink.picture().size());
  }

  @Test
  void whileALineCantBeToldNothingIsDeleted() {
    SourceStatus status = read("namespace office\nmachine door 10.9.0.5\nend\n");
    assertEquals(State.DEGRADED, status.state());
    assertEquals("line 2", status.problems().getFirst().field());
    assertEquals(3, sink.picture().size());
  }

  @Test
  void twoLinesAboutOneObjectAreBothRefused() {
    SourceStatus status = read(TABLE.replace("end", "machine office/door 10.9.0.6\nend"));
    assertEquals("Pod/office/door", status.problems().getFirst().object());
    Endpoint door =
        assertInstanceOf(
            Endpoint.class,
            sink.picture().get(new ResourceKey(ResourceKind.POD, "office", "door")));
    assertEquals(List.of(IpAddress.parse("10.9.0.5")), door.addresses());
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() throws InterruptedException {
    int before = server.unchanged();
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (server.unchanged() < before + 3) {
      assertTrue(System.nanoTime() < deadline, "the server is not asked with the tag it gave");
      Thread.sleep(5);
    }
    assertEquals(State.SYNCED, sink.status().orElseThrow().state());
  }
}
