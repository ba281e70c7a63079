package io.sluice.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompletionTest {
  private Shell shell;
  private Admin admin;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    shell = new Shell(folder);
    admin = new Admin(shell.path);
  }

  @AfterAll
  void stop() throws IOException {
    admin.close();
    shell.close();
  }

  private List<String> complete(String line) throws IOException {
    Admin.Answer answer = admin.ask("sluice:complete '" + line + "'");
    assertEquals(0, answer.status(), answer.err());
    return answer.out().lines().toList();
  }

  @Test
  void anEmptyLineIsCompletedByTheNamesOfCommands() throws IOException {
    List<String> names = complete("");
    assertTrue(names.containsAll(List.of("status", "explain", "help", "complete")), names + "");
    assertTrue(names.contains("test:talk"), "a scope that is not ours stays: " + names);
    assertFalse(names.contains("sluice:status"), names.toString());
  }

  @Test
  void aNameUnderWayIsCompletedWithItsScopeOrWithout() throws IOException {
    assertEquals(List.of("endpoints", "explain"), complete("e"));
    assertEquals(List.of("sluice:endpoints", "sluice:explain"), complete("sluice:e"));
    assertEquals(List.of(), complete("nothing"));
  }

  @Test
  void endsOfAPacketArePods() throws IOException {
    assertEquals(List.of("--json", "shop/a", "shop/b", "web/front"), complete("explain "));
    assertEquals(List.of("shop/a", "shop/b"), complete("sluice:explain web/front sh"));
    assertEquals(List.of("80/SCTP", "80/TCP", "80/UDP"), complete("explain shop/a shop/b 80"));
    assertEquals(List.of("--json"), complete("explain shop/a shop/b 80/TCP "));
    assertEquals(List.of(), complete("explain shop/a shop/b 80/TCP --json "));
  }

  @Test
  void aSubcommandDecidesWhatComesBehindIt() throws IOException {
    assertEquals(List.of("--json", "list", "use"), complete("datapath "));
    assertEquals(List.of("--json", "other", "ovs"), complete("datapath use "));
    assertEquals(List.of("ovs"), complete("datapath use ov"));
    assertEquals(List.of(), complete("datapath list o"));
    assertEquals(List.of(), complete("datapath nothing "));
  }

  @Test
  void policiesAreNamedAsTheyAreAskedFor() throws IOException {
    assertEquals(List.of("shop/deny", "shop/web"), complete("flows s"));
  }

  @Test
  void optionsAreOffered() throws IOException {
    assertEquals(List.of("--json", "--yes"), complete("release "));
    assertEquals(List.of("--json"), complete("release --yes "));
  }

  @Test
  void onlyTheLastCommandOfALineCounts() throws IOException {
    assertEquals(List.of("list"), complete("status | datapath l"));
  }

  @Test
  void helpTellsUsageArgumentsAndAnExampleOfEveryCommand() throws IOException {
    for (Manual manual : Manuals.OURS) {
      Admin.Answer page = admin.ask("help " + manual.name());
      assertEquals(0, page.status(), page.err());
      assertTrue(page.out().contains("usage\n  " + manual.name()), page.out());
      assertTrue(page.out().contains("example\n  " + manual.name()), page.out());
      for (Form form : manual.forms()) {
        for (Form.Word word : form.words()) {
          String said = word.argument() ? "<" + word.text() + ">" : word.text();
          assertTrue(manual.arguments().containsKey(said), manual.name() + " " + said);
        }
      }
    }
  }

  @Test
  void helpListsEveryCommand() throws IOException {
    String all = admin.ask("help").out();
    Manuals.OURS.forEach(manual -> assertTrue(all.contains("\n" + manual.name() + " "), all));
    assertTrue(all.contains("test:talk"), all);
    assertEquals(
        new Admin.Answer(1, "", "there is no command 'nothing'; 'help' lists them\n"),
        admin.ask("help nothing"));
  }
}
