package io.sluice.denials;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a line says. */
class DenialLineTest {
  @Test
  void aDenialByIsolationSaysWhoIsolatesAndWhatIsMissing() {
    assertEquals(
        "2026-01-02T03:04:05.000Z denied direction=ingress of=shop/db"
            + " from=\"shop/web (10.0.0.1)\" to=\"shop/db (10.0.0.2)\" service=5432/TCP"
            + " by=NetworkPolicy/shop/a,NetworkPolicy/shop/b missing=\"no ingress rule allows it\""
            + " allow=\"ingress: [{from: [{ipBlock: {cidr: \\\"10.0.0.1/32\\\"}}]}]\" repeated=7\n",
        DenialLine.of(Flows.isolated(5432), 7));
  }

  @Test
  void aPacketThatNoPolicySawSaysWhatRefusedIt() {
    assertEquals(
        "2026-01-02T03:04:05.678Z denied direction=egress of=\"an unknown port\" from=fd00::1"
            + " to=fd00::2 service=icmp reason=\"a \\\"forged\\\"\\u000aline\"\n",
        DenialLine.of(Flows.refused("a \"forged\"\nline"), 0));
  }

  @Test
  void whatIsNotToldIsCounted() {
    assertEquals(
        "1970-01-01T00:00:00.000Z not-told denials=12 why=\"too many\"\n",
        DenialLine.notTold(Instant.EPOCH, 12, "too many"));
  }
}
