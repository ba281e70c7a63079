package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.control.Explanation;
import io.sluice.api.control.Party;
import io.sluice.api.control.PolicyInfo;
import io.sluice.api.control.Service;
import io.sluice.api.control.Verdict;
import io.sluice.api.policy.PolicyRef;
import io.sluice.kit.Stages;
import io.sluice.kit.source.MemorySource;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** An agent in a test, with short words for what tests ask of it. */
abstract class AgentScene {
  static final PolicyRef CLOSED = new PolicyRef("NetworkPolicy", "shop", "closed");
  static final Duration SHORT = Duration.ofMillis(300);

  final Rig rig = new Rig();

  @AfterEach
  void close() {
    assertEquals(0, rig.status().counters().get(Counters.FAULTS), "no task of the loop failed");
    rig.close();
  }

  final MemorySource shop() {
    MemorySource source = rig.source("memory");
    source.put(
        Rig.namespace("shop"),
        Rig.pod("shop", "web", "web", "10.0.0.1"),
        Rig.pod("shop", "db", "db", "10.0.0.2"));
    return source;
  }

  final Verdict verdict(String from, String to) {
    Explanation answer =
        Stages.get(
            rig.control().explain(Party.parse(from), Party.parse(to), Service.parse("80/TCP")));
    return answer.verdict();
  }

  final PolicyInfo policy() {
    return Stages.get(rig.control().policies()).getFirst();
  }

  final String why(Duration timeout) {
    return String.valueOf(rig.notSettled(timeout).getMessage());
  }

  final <T> BlockingQueue<T> listen(String address, Class<T> type) {
    BlockingQueue<T> heard = new LinkedBlockingQueue<>();
    var unused =
        rig.vertx().eventBus().<T>localConsumer(address, message -> heard.add(message.body()));
    assertTrue(type.isRecord());
    return heard;
  }

  static <T> T poll(BlockingQueue<T> heard) throws InterruptedException {
    T event = heard.poll(30, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event came");
    }
    return event;
  }
}
