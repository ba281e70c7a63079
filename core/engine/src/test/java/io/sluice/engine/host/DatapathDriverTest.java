package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Update;
import io.sluice.engine.host.HandDatapath.Handed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatapathDriverTest {
  private final ManualLoop loop = new ManualLoop();
  private final Counters counters = new Counters();
  private final HandDatapath datapath = new HandDatapath();
  private final RandomUpdates revisions = new RandomUpdates(new Random(5), false);
  private final List<Long> inForce = new ArrayList<>();

  @AfterEach
  void oneOutstandingAtATime() {
    assertEquals(List.of(), datapath.breaches());
  }

  private DatapathDriver driver() {
    return new DatapathDriver(
        new Candidate("hand", true, 0, 1, ""),
        datapath,
        revisions::snapshot,
        new DatapathDriver.Listener() {
          @Override
          public void progressed() {}

          @Override
          public void inForce(DatapathDriver driver, long revision) {
            inForce.add(revision);
          }
        },
        counters,
        loop);
  }

  private Update offer(DatapathDriver driver) {
    Update update = revisions.next();
    driver.offer(update);
    loop.turn();
    return update;
  }

  @Test
  void beginsWithASnapshotAndGoesOnWithUpdates() {
    DatapathDriver driver = driver();
    driver.feed();
    loop.turn();
    Update first = offer(driver);
    Update second = offer(driver);
    assertEquals(3, datapath.handed().size());
    assertInstanceOf(Handed.Whole.class, datapath.handed().getFirst());
    assertEquals(new Handed.Step(first), datapath.handed().get(1));
    assertEquals(new Handed.Step(second), datapath.handed().get(2));
    assertEquals(3, driver.acknowledged());
    assertEquals(3, driver.inForce());
    assertEquals(List.of(1L, 2L, 3L), inForce);
  }

  @Test
  void whatComesWhileOneIsOutstandingIsMergedIntoOne() {
    DatapathDriver driver = driver();
    driver.feed();
    loop.turn();
    datapath.hold();
    offer(driver);
    for (int i = 0; i < 20; i++) {
      offer(driver);
    }
    assertEquals(2, datapath.handed().size());
    datapath.acknowledge();
    loop.turn();
    assertEquals(3, datapath.handed().size());
    assertEquals(2, driver.acknowledged());
    datapath.acknowledge();
    loop.turn();
    assertEquals(22, driver.acknowledged());
    assertInstanceOf(Handed.Step.class, datapath.handed().getLast(), "a delta, not a snapshot");
    assertEquals(revisions.snapshot().rules().size(), datapath.state().rules().size());
    assertEquals(19, counters.get(Counters.REVISIONS_MERGED));
  }

  @Test
  void whatIsHeldIsSentNothing() {
    DatapathDriver driver = driver();
    offer(driver);
    loop.pass(Duration.ofHours(1));
    assertEquals(List.of(), datapath.handed());
    driver.feed();
    loop.turn();
    assertEquals(2, driver.inForce());
  }

  @Test
  void aStaleOneIsGivenASnapshotAtOnce() {
    DatapathDriver driver = driver();
    driver.feed();
    loop.turn();
    datapath.failNext(new StaleRevisionException(1, 0));
    offer(driver);
    assertInstanceOf(Handed.Whole.class, datapath.handed().getLast());
    assertEquals(2, driver.inForce());
    assertTrue(driver.failure().isEmpty());
  }

  @Test
  void oneThatStaysStaleIsNotChasedWithoutPause() {
    DatapathDriver driver = driver();
    driver.feed();
    loop.turn();
    datapath.hold();
    datapath.failNext(new StaleRevisionException(1, 0));
    offer(driver);
    datapath.failNext(new StaleRevisionException(1, 0));
    datapath.acknowledge();
    loop.turn();
    assertEquals(3, datapath.handed().size());
    datapath.acknowledge();
    loop.turn();
    assertEquals(3, datapath.handed().size(), "the second time after a pause");
    loop.pass(Duration.ofMillis(100));
    assertEquals(4, datapath.handed().size());
    datapath.acknowledge();
    loop.turn();
    assertEquals(2, driver.inForce());
  }

  @Test
  void aFailureIsShownAndTriedAgainWithASnapshotAfterGrowingPauses() {
    DatapathDriver driver = driver();
    driver.feed();
    loop.turn();
    datapath.failNext(new IOException("the socket is gone"));
    offer(driver);
    assertEquals(2, datapath.handed().size());
    assertTrue(driver.failure().orElse("").contains("the socket is gone"));
    assertEquals(1, driver.inForce(), "the old revision is in force");
    assertEquals(Duration.ofMillis(100), loop.untilNext());
    datapath.failNext(new IOException("still"));
    loop.pass(Duration.ofMillis(100));
    assertEquals(Duration.ofMillis(200), loop.untilNext());
    offer(driver);
    assertEquals(3, datapath.handed().size(), "nothing is sent during a pause");
    loop.pass(Duration.ofMillis(200));
    assertInstanceOf(Handed.Whole.class, datapath.handed().getLast());
    assertEquals(3, driver.inForce());
    assertTrue(driver.failure().isEmpty());
    assertEquals(2, counters.get(Counters.DATAPATH_FAILURES));
  }

  @Test
  void afterARestartTheOldAnswerCountsForNothing() {
    DatapathDriver driver = driver();
    driver.feed();
    loop.turn();
    datapath.hold();
    offer(driver);
    driver.restart();
    datapath.acknowledge();
    loop.turn();
    assertEquals(0, driver.acknowledged());
    assertInstanceOf(Handed.Whole.class, datapath.handed().getLast());
    datapath.acknowledge();
    loop.turn();
    assertEquals(2, driver.inForce());
  }

  @Test
  void oneThatIsGoneIsSentNothing() {
    DatapathDriver driver = driver();
    driver.feed();
    loop.turn();
    driver.stop();
    offer(driver);
    assertEquals(1, datapath.handed().size());
    assertTrue(!datapath.released(), "its rules stay");
  }
}
