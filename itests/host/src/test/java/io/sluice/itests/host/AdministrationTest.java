package io.sluice.itests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does through the shell of one running agent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdministrationTest {
  private static final String NODE = "node-1";

  /** {@code key = value} in a file, also commented out. */
  private static final Pattern KEY = Pattern.compile("(?m)^#?([A-Za-z]\\w*) =(.*)$");

  /** What a file says of a key's default, as far as the first mark. */
  private static final Pattern DEFAULT =
      Pattern.compile("(?m)^# (?:.*No default|Default: ([^.,;\\n]+(?:\\.\\d+)*))");

  /** Keys whose default is computed, so that a file says it in words. */
  private static final Set<String> COMPUTED =
      Set.of("io.sluice.denials file", "io.sluice.policies.mvstore directory");

  private RunningAgent agent;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Manifests manifests =
        new Manifests(folder.resolve("manifests"))
            .put(
                "shop.yaml",
                Manifests.namespace("shop")
                    + Manifests.pod("shop", "web", NODE, "10.0.0.1")
                    + Manifests.pod("shop", "db", NODE, "10.0.0.2")
                    + Manifests.policy("shop", "only-admin", "admin"));
    agent = RunningAgent.start(folder, NODE, manifests.directory);
    assertEquals(0, agent.exec("settle").status());
  }

  @AfterAll
  void stop() {
    agent.close();
  }

  private String answer(String command) throws IOException, InterruptedException {
    Cli.Result result = agent.exec(command);
    assertEquals(0, result.status(), result.err());
    return result.out();
  }

  @Test
  void linesAreCompletedByWhatThereIs() throws Exception {
    assertEquals("shop/db\nshop/web\n", answer("complete 'explain shop/'"));
    assertEquals("shop/only-admin\n", answer("complete 'flows s'"));
    assertEquals("io.sluice.engine\n", answer("complete 'stop io.sluice.en'"));
    assertEquals("io.sluice.engine\n", answer("complete 'config get io.sluice.en'"));
    assertEquals("denialsPerSecond\n", answer("complete 'config set io.sluice.engine den'"));
    assertEquals("scr:list\n", answer("complete 'scr:l'"));
    assertTrue(answer("complete ''").contains("\nlb\n"));
    String described = answer("config describe io.sluice.engine");
    assertTrue(described.contains("\ndenialsPerSecond  (number; default 10)\n"), described);
    assertTrue(answer("help scr:list").contains("list"), "the framework's commands have help");
  }

  @Test
  void aChangedKeyIsWrittenAndReadAndTheRestOfTheFileStays() throws Exception {
    Path file = agent.conf.resolve("io.sluice.engine.cfg");
    String before = Files.readString(file);
    String told = answer("config set io.sluice.engine denialsPerSecond 50");
    assertTrue(told.contains("denialsPerSecond = 50; written to " + file), told);
    assertEquals(
        before.replace("denialsPerSecond = 10", "denialsPerSecond = 50"), Files.readString(file));
    assertEquals("50\n", answer("config get io.sluice.engine denialsPerSecond"));
    assertTrue(answer("config set io.sluice.engine denialsPerSecond 50").contains("so already"));
    assertTrue(answer("config unset io.sluice.engine denialsPerSecond").contains("default, 10"));
    assertEquals("10\n", answer("config get io.sluice.engine denialsPerSecond"));
    assertTrue(agent.log().contains("runs: config set io.sluice.engine denialsPerSecond 50"));
  }

  @Test
  void whatCanNotBeConfiguredIsRefusedWithWhatCan() throws Exception {
    for (Map.Entry<String, String> refused :
        Map.of(
                "config get io.sluice.nothing", "there are: io.sluice.datapath.nftables,",
                "config set io.sluice.engine nothing 1", "it has: datapath, syncGrace,",
                "config set io.sluice.engine denialsPerSecond many", "many",
                "config set io.sluice.datapath.ovs bridge x", ".cfg.sample to it first",
                "config set io.sluice.engine", "usage: sluice:config list")
            .entrySet()) {
      Cli.Result result = agent.exec(refused.getKey());
      assertEquals(1, result.status(), refused.getKey() + result);
      assertTrue(result.err().contains(refused.getValue()), result.err());
    }
    assertFalse(agent.log().contains(" ERROR "), agent.log());
  }

  @Test
  void lintFindsAndIsSilencedByConfiguration() throws Exception {
    String all = answer("lint");
    assertTrue(all.contains("empty-peer  NetworkPolicy/shop/only-admin"), all);
    assertTrue(all.contains("2 pods and 1 policies looked at"), all);
    answer(
        "config set io.sluice.engine lintIgnore 'empty-peer:NetworkPolicy/shop/*, other-engine'");
    agent.execUntil("lint --json", now -> !now.out().contains("empty-peer"));
    answer("config set io.sluice.engine lintIgnore nonsense");
    agent.execUntil(
        "status", now -> now.out().contains("'nonsense' begins with no kind of finding"));
    answer("config unset io.sluice.engine lintIgnore");
    agent.execUntil("status", now -> now.out().contains("no problems"));
    assertTrue(answer("lint").contains("empty-peer"));
    assertTrue(answer("status").contains("'sluice:lint' lists them"));
  }

  @Test
  void whoMayUseItIsShownAndLive() throws Exception {
    assertTrue(answer("status").contains("root and the agent's own user\n"));
    answer("config set io.sluice.shell users nobody-of-this-name");
    agent.execUntil("status", now -> now.out().contains("there is no 'nobody-of-this-name'"));
    answer("config unset io.sluice.shell users");
    agent.execUntil("status", now -> now.out().contains("no problems"));
  }

  /** Both ways: nothing is configured that is not described, and the other way round. */
  @Test
  void everyKeyOfEveryFileIsDescribedWithTheSameDefault() throws Exception {
    Map<String, Map<String, String>> described = described();
    Map<String, Map<String, String>> written = written();
    assertEquals(written.keySet(), described.keySet(), "pids");
    List<String> differences = new ArrayList<>();
    written.forEach(
        (pid, here) -> {
          Map<String, String> there = described.getOrDefault(pid, Map.of());
          assertEquals(here.keySet(), there.keySet(), "keys of " + pid);
          here.forEach(
              (key, value) -> {
                String expected = COMPUTED.contains(pid + " " + key) ? "" : value;
                if (!expected.equals(there.get(key))) {
                  differences.add(pid + " " + key + ": '" + value + "', '" + there.get(key) + "'");
                }
              });
        });
    assertEquals(List.of(), differences);
  }

  /** The defaults by pid and key, as the bundles describe them; every key says what it does. */
  private Map<String, Map<String, String>> described() throws Exception {
    Map<String, Map<String, String>> all = new TreeMap<>();
    String pid = "";
    String key = "";
    for (String line : answer("config list --json").lines().map(String::strip).toList()) {
      String value = line.replaceFirst("^\"\\w+\": \"?(.*?)\"?,?$", "$1");
      if (line.startsWith("\"pid\":")) {
        pid = value;
        all.put(pid, new TreeMap<>());
      } else if (line.startsWith("\"key\":")) {
        key = value;
      } else if (line.startsWith("\"default\":")) {
        all.getOrDefault(pid, new TreeMap<>()).put(key, value);
      } else if (line.startsWith("\"description\":")) {
        assertTrue(value.length() > 20, pid + " " + key);
      }
    }
    return all;
  }

  /** The defaults by pid and key, as the files say. */
  private static Map<String, Map<String, String>> written() throws IOException {
    Map<String, Map<String, String>> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(Cli.home().resolve("config"))) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.matches(".*\\.cfg(\\.sample)?")) {
          all.put(name.replaceFirst("\\.cfg.*", ""), defaults(Files.readString(file)));
        }
      }
    }
    return all;
  }

  private static Map<String, String> defaults(String text) {
    Map<String, String> defaults = new TreeMap<>();
    int from = 0;
    for (Matcher key = KEY.matcher(text); key.find(); from = key.end()) {
      Matcher said = DEFAULT.matcher(text.substring(from, key.start()));
      String otherwise = said.find() ? Objects.requireNonNullElse(said.group(1), "") : "not said";
      defaults.put(key.group(1), otherwise.matches("empty|none") ? "" : otherwise.strip());
    }
    return defaults;
  }

  @Test
  void everyCommandCanBeReadByMachines() throws Exception {
    TreeSet<String> firsts = new TreeSet<>();
    for (String command : List.of("status", "endpoints", "policies", "config list", "lint")) {
      String document = answer(command + " --json");
      assertTrue(document.startsWith("{\n") && document.endsWith("\n}\n"), document);
      firsts.add(document.lines().skip(1).findFirst().orElse(""));
    }
    assertEquals(5, firsts.size(), firsts.toString());
  }
}
