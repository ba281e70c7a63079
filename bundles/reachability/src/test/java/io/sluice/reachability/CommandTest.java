package io.sluice.reachability;

import static io.sluice.reachability.Manifests.namespace;
import static io.sluice.reachability.Manifests.pod;
import static io.sluice.reachability.Manifests.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output, order, notes, exit status. */
class CommandTest {
  private static final String TWO =
      namespace("n", "")
          + pod("n", "a", "app: a", 80, "10.0.0.1")
          + pod("n", "b", "app: b", 80, "10.0.0.2");

  @TempDir Path root = Path.of("");

  @Test
  void jsonIsExactlyThis() throws IOException {
    Run run =
        Run.on(
            TWO + policy("n", "p", "{podSelector: {matchLabels: {app: b}}}"),
            "--output=json",
            "--ports=80/TCP",
            "--from=n/a");
    assertEquals(
        List.of(
            "{\"from\":\"n/a\",\"to\":\"n/b\",\"source\":\"10.0.0.1\",\"destination\":\"10.0.0.2\","
                + "\"port\":80,\"protocol\":\"TCP\",\"verdict\":\"deny\","
                + "\"egress\":{\"verdict\":\"allow\",\"by\":\"default\"},"
                + "\"ingress\":{\"verdict\":\"deny\",\"by\":\"NetworkPolicy/n/p\"}}"),
        run.out());
    assertEquals(List.of(), run.err());
  }

  @Test
  void rowsAreSorted() throws IOException {
    String cluster =
        namespace("n", "")
            + pod("n-1", "a", "", 80, "10.0.0.9", "fd00::9")
            + pod("n", "b", "", 80, "fd00::2", "10.0.0.20")
            + pod("n", "a", "", 81, "10.0.0.3", "fd00::1");
    List<String> keys = new ArrayList<>();
    for (String row :
        Run.on(cluster, "--output", "json", "--external", "9.9.9.9,8.8.8.8,fd01::1").rows()) {
      String[] words = row.split(" ", -1);
      String from = words[0];
      String to = words[2];
      keys.add(
          from.split("@", -1)[0]
              + "|"
              + to.split("@", -1)[0]
              + "|"
              + from.split("@", -1)[1]
              + "|"
              + to.split("@", -1)[1]
              + "|"
              + words[3]);
    }
    assertEquals(keys.stream().sorted().toList(), keys);
    // 6 ordered pairs of pods and, both ways, 3 pods with 3 outsiders; 2 families; 2 ports.
    assertEquals((6 * 2 + 2 * 3 * (1 + 1 + 1)) * 2, keys.size());
  }

  @Test
  void everyPairOfManyPods() throws IOException {
    StringBuilder cluster = new StringBuilder(namespace("n", ""));
    int pods = 150;
    for (int i = 0; i < pods; i++) {
      cluster.append(pod("n", "p" + i, "app: a" + i % 7, 80, "10.0.1." + i));
    }
    cluster.append(policy("n", "x", "{podSelector: {matchLabels: {app: a3}}}"));
    Run run = Run.on(cluster.toString(), "--output", "json");
    assertEquals(pods * (pods - 1), run.out().size());
    long denied =
        run.out().stream().filter(row -> row.contains("\"verdict\":\"deny\",\"egress")).count();
    // Of 0 to 149, those with remainder 3 by 7: 21; each is denied to everyone else.
    assertEquals(21L * (pods - 1), denied);
  }

  @Test
  void tableIsForPeople() throws IOException {
    Run run = Run.on(TWO + policy("n", "p", "{podSelector: {}}"), "--to", "n/b");
    assertEquals(3, run.out().size());
    assertEquals(
        List.of(
            "n/a",
            "10.0.0.1",
            "n/b",
            "10.0.0.2",
            "80/TCP",
            "deny",
            "allow",
            "(default),",
            "deny",
            "(NetworkPolicy/n/p)"),
        List.of(run.out().get(1).split(" +", -1)));
    assertEquals("0 of 1 allowed", run.out().get(2));
  }

  @Test
  void notesSayWhatIsLeftOut() throws IOException {
    String cluster =
        TWO
            + pod("n", "done", "", 80, "10.0.0.9").replace("Running", "Succeeded")
            + pod("n", "pending", "", 80)
            + pod("m", "elsewhere", "", 80, "10.0.0.8")
            + "---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\n"
            + "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\n"
            + "---\napiVersion: v1\nkind: Secret\nmetadata: {name: t}\n";
    Run run = Run.on(cluster, "--output", "json", "--ports", "80");
    assertEquals(
        List.of(
            "sluice reachability: skipped: 2 Secret, 1 Service",
            "sluice reachability: finished pods, left out: n/done",
            "sluice reachability: pods without address, left out: n/pending",
            "sluice reachability: namespaces without an object, so that no namespaceSelector"
                + " matches them: m"),
        run.err());
    assertEquals(6, run.out().size());
  }

  @Test
  void nothingToAskIsSaid() throws IOException {
    Run run =
        Run.on(
            namespace("n", "")
                + "---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: n}\n"
                + "status: {podIP: 10.0.0.1}\n",
            "--output",
            "json");
    assertEquals(0, run.status());
    assertEquals(
        List.of("sluice reachability: no pod and no policy names a port: ask with --ports"),
        run.err());
  }

  @Test
  void invalidManifestsAreAllNamed() throws IOException {
    Path file = root.resolve("a.yaml");
    Files.writeString(
        file,
        TWO
            + pod("n", "c", "app: 1", 80)
            + policy("n", "p", "{podSelector: {}, ingress: [{form: []}]}")
            + policy("n", "q", "{podSelector: {}, ingress: [{ports: [{port: 0}]}]}")
            + "---\nkind: [\n");
    Files.writeString(root.resolve("b.yaml"), namespace("n", ""));
    Run run = Run.of("", "--manifests", root.toString());
    assertEquals(2, run.status());
    assertEquals(List.of(), run.out());
    assertEquals(5, run.err().size(), run.err().toString());
    assertError(run, file + ":", "Pod/n/c: metadata.labels[app]: ", "quotes");
    assertError(run, file.toString(), "NetworkPolicy/n/p: spec.ingress[0].form: ", "; ");
    assertError(run, file.toString(), "NetworkPolicy/n/q: spec.ingress[0].ports[0].port: ", "; ");
    assertError(run, file + ":", "YAML", "; ");
    assertError(run, root.resolve("b.yaml").toString(), "Namespace/n: ", file.toString());
  }

  private static void assertError(Run run, String... parts) {
    assertTrue(
        run.err().stream().anyMatch(line -> List.of(parts).stream().allMatch(line::contains)),
        List.of(parts) + " in " + run.err());
  }

  @Test
  void unreadableInputIsInvalid() throws IOException {
    Run none = Run.of("", "--manifests", root.resolve("none").toString());
    assertEquals(2, none.status());
    assertError(none, root.resolve("none").toString(), "does not exist");
    Run empty = Run.of("", "--manifests", root.toString());
    assertEquals(2, empty.status());
    assertError(empty, root.toString(), "no file");
  }

  @Test
  void severalManifestsAreOneCluster() throws IOException {
    Files.writeString(root.resolve("b.txt"), pod("n", "b", "", 80, "10.0.0.2"));
    Path directory = Files.createDirectory(root.resolve("d"));
    Files.writeString(directory.resolve("n.yaml"), namespace("n", ""));
    Files.writeString(
        directory.resolve("a.json"), "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[]}");
    Files.writeString(directory.resolve("a.yml"), pod("n", "a", "", 80, "10.0.0.1"));
    Files.writeString(directory.resolve(".c.yaml"), "not a manifest");
    Run run =
        Run.of(
            "",
            "--manifests",
            directory.toString(),
            "--manifests",
            root.resolve("b.txt").toString(),
            "--output",
            "json");
    assertEquals(List.of(), run.err());
    assertEquals(2, run.out().size());
  }

  @Test
  void filtersChooseByPodNamespaceAndAddress() throws IOException {
    String cluster = TWO + pod("m", "c", "", 80, "10.0.0.3", "fd00::3") + namespace("m", "");
    assertEquals(2, count(cluster, "--from", "n/a"));
    assertEquals(4, count(cluster, "--from", "n"));
    assertEquals(2, count(cluster, "--from", "10.0.0.3"));
    assertEquals(0, count(cluster, "--from", "fd00:0::3"));
    assertEquals(1, count(cluster, "--from", "n/a", "--to", "10.0.0.3"));
    assertEquals(3, count(cluster, "--from", "n/a,m", "--to", "n"));
    assertEquals(2, Run.on(cluster, "--from", "nobody").status());
    assertEquals(2, Run.on(cluster, "--to", "10.9.9.9").status());
  }

  private static int count(String cluster, String... arguments) throws IOException {
    String[] all = new String[arguments.length + 4];
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    all[0] = "--output";
    all[1] = "json";
    all[2] = "--ports";
    all[3] = "80";
    Run run = Run.on(cluster, all);
    assertEquals(0, run.status(), run.err().toString());
    return run.out().size();
  }

  @Test
  void badCommandLines() throws IOException {
    String[][] lines = {
      {},
      {"--manifests"},
      {"--manifests", "-", "--port", "80"},
      {"--manifests", "-", "--ports", "0"},
      {"--manifests", "-", "--ports", "80/ICMP"},
      {"--manifests", "-", "--ports", "80,,81"},
      {"--manifests", "-", "--external", "host"},
      {"--manifests", "-", "--external", "10.0.0.0/8"},
      {"--manifests", "-", "--output", "xml"},
      {"manifests"},
    };
    for (String[] line : lines) {
      Run run = Run.of(TWO, line);
      assertEquals(2, run.status(), String.join(" ", line));
      assertEquals(1, run.err().size());
    }
    assertEquals(0, Run.of("", "--help").status());
  }
}
