package io.sluice.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  private static Admin.Answer answer(Path folder, String command) throws IOException {
    try (Shell shell = new Shell(folder);
        Admin admin = new Admin(shell.path)) {
      return admin.ask(command);
    }
  }

  @Test
  void statusSaysThatNothingIsEnforcedAndWhatIsRefused(@TempDir Path folder) throws IOException {
    Admin.Answer status = answer(folder, "sluice:status");

    assertEquals(0, status.status(), status.err());
    assertTrue(status.out().contains("SYNCED: has read all of its inputs; nothing"), status.out());
    assertTrue(status.out().contains("memory, NOTHING IS ENFORCED"), status.out());
    assertTrue(status.out().contains("7 compiled, 7 acknowledged, 6 in force"), status.out());
    assertTrue(status.out().contains("source    files   DEGRADED  3 files"), status.out());
    assertTrue(status.out().contains("1 problem:\n  " + Picture.REFUSED), status.out());
  }

  @Test
  void explainTellsBothSidesAndTheMissingAllow(@TempDir Path folder) throws IOException {
    assertEquals(
        """
        DENY  shop/a -> 10.0.0.2  80/TCP
          egress   allow  default: no policy isolates the pod in this direction
          ingress  deny   isolated by NetworkPolicy/shop/deny
                   no ingress rule allows shop/a on 80/TCP
                   the narrowest rule that allows it, below the policy's spec:
                     ingress: [{from: [...]}]
        """,
        answer(folder, "sluice:explain shop/a 10.0.0.2 80/tcp").out());
  }

  @Test
  void addressesOfBothFamiliesAreArguments(@TempDir Path folder) throws IOException {
    Admin.Answer explained = answer(folder, "sluice:explain fd00::1 fd00:1::2 53/UDP");
    assertTrue(explained.out().startsWith("DENY  fd00::1 -> fd00:1::2  53/UDP\n"));
  }

  @Test
  void whatDoesNotExistFailsWithItsName(@TempDir Path folder) throws IOException {
    assertEquals(
        new Admin.Answer(1, "", "no pod shop/nobody\n"),
        answer(folder, "sluice:explain shop/a shop/nobody 80/TCP"));
  }

  @Test
  void wrongArgumentsFailWithTheReason(@TempDir Path folder) throws IOException {
    assertTrue(answer(folder, "sluice:explain shop/a").err().startsWith("usage: sluice:explain"));
    Admin.Answer badPort = answer(folder, "sluice:explain shop/a shop/b 70000/TCP");
    assertEquals(1, badPort.status());
    assertTrue(badPort.err().contains("a port is 1 to 65535"), badPort.err());
    assertEquals(1, answer(folder, "sluice:settle soon").status());
    assertEquals(1, answer(folder, "sluice:flows /x").status());
  }

  @Test
  void settleFailsWithEveryRefusedInput(@TempDir Path folder) throws IOException {
    assertEquals(
        new Admin.Answer(1, "", "not settled: an input is refused\n  " + Picture.REFUSED + "\n"),
        answer(folder, "sluice:settle 1"));
  }

  @Test
  void settleWaitsThirtySecondsByDefault(@TempDir Path folder) throws IOException {
    assertTrue(answer(folder, "sluice:settle").out().endsWith("after 30 ms\n"));
    assertTrue(answer(folder, "sluice:settle 5").out().endsWith("after 5 ms\n"));
  }

  @Test
  void policiesAreSortedAndSayWhatIsWrong(@TempDir Path folder) throws IOException {
    assertEquals(
        """
        POLICY                   ID  STATE     PODS  LOCAL  RULES  PACKETS
        NetworkPolicy/shop/deny  1   active    2     1      1      12
        NetworkPolicy/shop/web   2   REJECTED  0     0      0      0
        """
            + Picture.REFUSED
            + "\n",
        answer(folder, "sluice:policies").out());
  }

  @Test
  void aPolicyIsNamedShortOrInFull(@TempDir Path folder) throws IOException {
    assertEquals(
        "flows of NetworkPolicy/shop/deny\n", answer(folder, "sluice:flows shop/deny").out());
    assertEquals(
        "flows of AdminNetworkPolicy/deny\n",
        answer(folder, "sluice:flows AdminNetworkPolicy/deny").out());
    assertEquals("flows of X/shop/deny\n", answer(folder, "sluice:flows X/shop/deny").out());
  }

  @Test
  void whatACommandReturnsCanBePiped(@TempDir Path folder) throws IOException {
    Admin.Answer copied = answer(folder, "sluice:policies | test:copy");
    assertEquals(0, copied.status(), copied.err());
    assertTrue(copied.out().contains("REJECTED"), copied.out());
    assertFalse(copied.out().isEmpty());
  }

  @Test
  void datapathsAreListedWithTheirPartsAndProblems(@TempDir Path folder) throws IOException {
    assertEquals(
        """
        DATAPATH  RANKING  ENFORCES  STATE     REVISION  IN FORCE  COVERED
        ovs       0        yes       chosen    7         6         2/2
        other     5        yes       REJECTED  0         0         1/2
        """
            + Picture.REFUSED
            + "\n",
        answer(folder, "sluice:datapath list").out());
  }

  @Test
  void usingADatapathTellsTheOutcome(@TempDir Path folder) throws IOException {
    Admin.Answer chosen = answer(folder, "sluice:datapath use ovs");
    assertEquals(0, chosen.status(), chosen.err());
    assertTrue(chosen.out().startsWith("datapath ovs is chosen; revision 6"), chosen.out());
    assertEquals(
        new Admin.Answer(1, "", "datapath other is REJECTED\n  " + Picture.REFUSED + "\n"),
        answer(folder, "sluice:datapath use other"));
    assertEquals(
        new Admin.Answer(1, "", "no datapath none\n"), answer(folder, "sluice:datapath use none"));
    assertTrue(answer(folder, "sluice:datapath").err().startsWith("usage: sluice:datapath list"));
  }

  @Test
  void releaseSaysWhatItWouldDoUntilItIsMeant(@TempDir Path folder) throws IOException {
    Admin.Answer asked = answer(folder, "sluice:release");
    assertEquals(1, asked.status());
    assertTrue(asked.err().startsWith("nothing was removed"), asked.err());
    assertTrue(asked.err().contains("ovs (2 local pods covered), other (1"), asked.err());
    assertTrue(asked.err().contains("NOTHING, every packet passes"), asked.err());
    Admin.Answer meant = answer(folder, "sluice:release --yes");
    assertEquals(1, meant.status(), "one could not be released");
    assertEquals(
        """
        ovs: everything of ours was removed
        other: NOT REMOVED: no contact with its switch
        """,
        meant.err());
  }

  @Test
  void lintTellsEachFindingAndItsCost(@TempDir Path folder) throws IOException {
    assertEquals(
        """
        warning  unused-port  NetworkPolicy/shop/web  spec.ingress[0].ports
            no pod has it
            -> correct the name
        0 errors, 1 warnings, 0 hints, 2 silenced by lintIgnore in io.sluice.engine.cfg; 3 pods and\
         1 policies looked at in 12 ms, the engine's loop held up for 0.3 ms at most
        """,
        answer(folder, "lint").out());
  }

  @Test
  void everyCommandAnswersOneDocument(@TempDir Path folder) throws IOException {
    try (Shell shell = new Shell(folder);
        Admin admin = new Admin(shell.path)) {
      for (String command :
          new String[] {
            "status",
            "endpoints",
            "groups",
            "policies",
            "rules",
            "explain shop/a shop/b 80/TCP",
            "flows shop/deny",
            "settle 5",
            "lint",
            "datapath list",
            "datapath use ovs",
            "help",
            "help status"
          }) {
        Admin.Answer answer = admin.ask(command + " --json");
        assertEquals(0, answer.status(), command + answer.err());
        assertTrue(answer.out().startsWith("{\n") && answer.out().endsWith("\n}\n"), answer.out());
      }
      assertEquals(
          """
          {
            "from": "shop/a",
            "to": "shop/b",
            "service": "80/TCP",
            "verdict": "deny",
            "egress": {
              "verdict": "allow",
              "reason": "default",
              "policies": [],
              "rule": "",
              "missing": "",
              "hint": ""
            },
            "ingress": {
              "verdict": "deny",
              "reason": "isolation",
              "policies": [
                "NetworkPolicy/shop/deny"
              ],
              "rule": "",
              "missing": "no ingress rule allows shop/a on 80/TCP",
              "hint": "ingress: [{from: [...]}]"
            }
          }
          """,
          admin.ask("explain shop/a shop/b 80/TCP --json").out());
    }
  }
}
