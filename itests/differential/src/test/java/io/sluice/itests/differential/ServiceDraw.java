package io.sluice.itests.differential;

import io.sluice.kit.cluster.Cluster;
import io.sluice.kit.cluster.Dice;
import io.sluice.kit.cluster.Questions;
import java.util.List;

/** Draws protocols and ports worth asking about; every protocol and port gets its turn. */
final class ServiceDraw {
  /** What is asked with one draw. */
  interface Question {
    void ask(int protocol, int port);
  }

  private static final List<Integer> PROTOCOLS = List.of(6, 6, 17, 132);
  private static final List<Integer> PORTLESS = List.of(1, 58);

  private final Dice dice;
  private final List<Integer> ports;
  private final int count;

  ServiceDraw(Cluster cluster, Dice dice, int count) {
    this.dice = dice;
    this.ports = List.copyOf(Questions.ports(cluster));
    this.count = count;
  }

  /** Asks a few questions. */
  void draw(Question question) {
    for (int i = 0; i < count; i++) {
      if (dice.percent(8)) {
        question.ask(dice.pick(PORTLESS), 0);
      } else {
        question.ask(dice.pick(PROTOCOLS), dice.pick(ports));
      }
    }
  }
}
