package io.sluice.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lab.agent.Distribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The drill is held against an agent whose rules are overruled: it must see that. */
class HarnessTest {
  static Round round(Backend backend) {
    return new Round(
        new Distribution(
            Path.of(System.getProperty("sluice.distribution", "../../distribution/target/sluice"))),
        backend);
  }

  @Test
  void aHoleIsSeen() throws IOException {
    Row row = round(Backend.OVS).play(new ForeignFlow(stage -> "actions=NORMAL"));
    assertTrue(row.findings().wronglyAllowed() > 0, row.toString());
    assertTrue(row.findings().wrongPackets() > 0, row.toString());
    assertTrue(row.failure().isPresent(), row.toString());
  }

  @Test
  void aHoleForOneDirectionIsSeenByItsPackets() throws IOException {
    Row row =
        round(Backend.OVS)
            .play(
                new ForeignFlow(
                    stage ->
                        "tcp,in_port="
                            + stage.pod("lan/mallory").port()
                            + ",actions=output:"
                            + stage.pod("shop/db").port()));
    assertEquals(0, row.findings().wronglyAllowed(), row.toString());
    assertTrue(row.findings().wrongPackets() > 0, row.toString());
    assertTrue(row.failure().isPresent(), row.toString());
  }

  @Test
  void lossesForEverAreSeenAndNoRecovery() throws IOException {
    Row row = round(Backend.OVS).play(new LinkDown());
    assertEquals(0, row.findings().wrongPackets(), row.toString());
    assertTrue(row.findings().wronglyDropped() > 0, row.toString());
    assertEquals(OptionalLong.empty(), row.recoveryMillis(), row.toString());
    assertEquals(row.findings().streams(), row.findings().cut(), row.toString());
    assertTrue(row.failure().isPresent(), row.toString());
  }
}
