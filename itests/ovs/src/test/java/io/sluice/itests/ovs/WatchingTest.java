package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.kit.exposition.Exposition;
import io.sluice.kit.exposition.Sample;
import io.sluice.lab.Lab;
import io.sluice.lab.Node;
import io.sluice.lab.Outcome;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import io.sluice.lab.Probe;
import io.sluice.lab.Transport;
import io.sluice.lab.agent.Agent;
import io.sluice.lab.agent.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What an operator sees of the distribution on a real switch: the probes from the start on and
 * while its source is away, the denial log with its hint, and metrics, of which the dashboard that
 * is shipped names none that is not there.
 */
class WatchingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("sluice.distribution", "../../distribution/target/sluice"));
  private static final int PORT = 8080;
  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1}
      status:
        addresses: [{type: InternalIP, address: 10.7.0.1}]
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: web, namespace: shop, labels: {app: web, pod-template-hash: f00}}
      spec: {nodeName: n1, containers: [{name: main, image: example.com/web}]}
      status: {phase: Running, podIP: 10.7.0.11, podIPs: [{ip: 10.7.0.11}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: db, namespace: shop, labels: {app: db}}
      spec: {nodeName: n1, containers: [{name: main, image: example.com/db}]}
      status: {phase: Running, podIP: 10.7.0.12, podIPs: [{ip: 10.7.0.12}]}
      """;
  private static final String CLOSED =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: closed, namespace: shop}
      spec:
        podSelector: {matchLabels: {app: db}}
        policyTypes: [Ingress]
      """;
  private static final Pattern ALLOW = Pattern.compile(" allow=\"(.*)\"");
  private static final Pattern METRIC = Pattern.compile("\\b(sluice|jvm|process)_[a-z0-9_]+");

  private record Answer(int status, String body) {}

  @Test
  void anOperatorSeesWhatHappens() throws Exception {
    try (Lab lab = Lab.create()) {
      Node node = lab.node("n1", List.of("10.7.0.1"));
      List<Pod> pods =
          node.addPods(
              List.of(
                  PodSpec.of("shop", "web", "10.7.0.11"), PodSpec.of("shop", "db", "10.7.0.12")));
      lab.traffic().listen(pods.getLast(), Transport.TCP, PORT);
      Probe probe =
          new Probe(pods.getFirst(), pods.getLast().addresses().getFirst(), Transport.TCP, PORT);
      Path folder = node.socketDirectory().resolveSibling("agent");
      Path manifests = folder.resolve("manifests");
      try (Agent agent = agent(node, Files.createDirectories(folder), manifests)) {
        agent.start();
        started(node);

        write(manifests, "cluster.yaml", CLUSTER);
        write(manifests, "closed.yaml", CLOSED);
        agent.settle();
        inForce(node);

        assertEquals(Outcome.SILENT, lab.traffic().probe(probe));
        String hint = denied(agent);
        metrics(node);

        write(manifests, "closed.yaml", CLOSED + "  " + hint + "\n");
        agent.settle();
        assertEquals(Outcome.ANSWERED, lab.traffic().probe(probe), "the hint allows it: " + hint);

        Files.move(manifests, folder.resolve("away"));
        lost(node);
        assertEquals(Outcome.ANSWERED, lab.traffic().probe(probe), "what was known is in force");
        assertFalse(agent.log().contains(" ERROR "), agent.log());
      }
    }
  }

  private static Agent agent(Node node, Path folder, Path manifests) throws IOException {
    return new Agent(
        new Distribution(DISTRIBUTION),
        folder,
        Map.of(
            "io.sluice.node",
            "name = n1\n",
            "io.sluice.source.files",
            "directory = " + manifests + "\n",
            "io.sluice.metrics",
            "trafficInterval = 0\n",
            "io.sluice.datapath.ovs",
            "bridge = "
                + Node.BRIDGE
                + "\nsocketDirectory = "
                + node.socketDirectory()
                + "\nmanageBridge = true\n"),
        (command, log) -> node.namespace().start(command, Map.of(), log));
  }

  private static void write(Path directory, String file, String text) throws IOException {
    Path draft = Files.createDirectories(directory).resolve("." + file);
    Files.writeString(draft, text);
    Files.move(
        draft,
        directory.resolve(file),
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static void started(Node node) throws Exception {
    Answer ready = await(node, "/readyz", answer -> answer.body.contains("source 'files'"));
    assertEquals(503, ready.status);
    assertTrue(ready.body.contains("\"rung\" : \"started\""), ready.body);
    assertEquals(200, get(node, "/healthz").status, "alive without its source");
  }

  private static void inForce(Node node) throws Exception {
    Answer ready = get(node, "/readyz");
    assertEquals(200, ready.status, ready.body);
    assertTrue(ready.body.contains("\"rung\" : \"in-force\""), ready.body);
  }

  private static void lost(Node node) throws Exception {
    Answer ready = await(node, "/readyz", answer -> answer.body.contains("manifests"));
    assertEquals(200, ready.status, "what it said is in force: " + ready.body);
    assertEquals(200, get(node, "/healthz").status, "alive without its source");
    Exposition scrape = Exposition.parse(get(node, "/metrics").body);
    assertEquals(
        Optional.of(1.0),
        scrape.value(
            "sluice_component_state", Map.of("kind", "source", "name", "files", "state", "lost")));
  }

  /** Waits for the line; returns its hint as it is pasted into a policy. */
  private static String denied(Agent agent) throws Exception {
    Path file = agent.data().resolve("denials.log");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<String> line =
          Files.exists(file)
              ? Files.readAllLines(file).stream()
                  .filter(text -> text.contains(" service=8080/TCP "))
                  .findFirst()
              : Optional.empty();
      if (line.isPresent()) {
        for (String part :
            List.of(
                " denied direction=ingress of=shop/db ",
                " from=\"shop/web (10.7.0.11)\" to=\"shop/db (10.7.0.12)\" ",
                " service=8080/TCP by=NetworkPolicy/shop/closed ",
                " missing=\"no ingress rule of NetworkPolicy/shop/closed allows shop/web")) {
          assertTrue(line.get().contains(part), line.get());
        }
        Matcher allow = ALLOW.matcher(line.get());
        assertTrue(allow.find(), line.get());
        return allow.group(1).replace("\\\"", "\"");
      }
      assertTrue(System.nanoTime() < deadline, "no line in " + file + "\n" + agent.log());
      Thread.sleep(50);
    }
  }

  private static void metrics(Node node) throws Exception {
    Exposition scrape = Exposition.parse(get(node, "/metrics").body);
    Map<String, String> closed = Map.of("policy", "NetworkPolicy/shop/closed", "verdict", "deny");
    assertTrue(
        scrape.value("sluice_policy_packets_total", closed).orElse(0.0) > 0, closed::toString);
    assertTrue(scrape.value("sluice_policy_bytes_total", closed).orElse(0.0) > 0, closed::toString);
    assertTrue(scrape.value("sluice_datapath_flows", Map.of("name", "ovs")).orElse(0.0) > 0);
    assertTrue(scrape.value("sluice_event_to_in_force_seconds_count", Map.of()).orElse(0.0) > 0);
    assertEquals(Optional.of(2.0), scrape.value("sluice_local_endpoints", Map.of()));
    assertEquals(Optional.of(1.0), scrape.value("sluice_policies", Map.of("state", "active")));
    assertEquals(
        Optional.of(1.0),
        scrape.value("sluice_events_total", Map.of("source", "files", "kind", "Namespace")));
    Set<String> there =
        scrape.families().values().stream()
            .flatMap(family -> family.samples().stream())
            .map(Sample::name)
            .collect(Collectors.toSet());
    Set<String> asked = new HashSet<>();
    Matcher named =
        METRIC.matcher(Files.readString(DISTRIBUTION.resolve("monitoring/grafana-dashboard.json")));
    while (named.find()) {
      asked.add(named.group());
    }
    assertTrue(asked.size() > 15, asked.toString());
    asked.removeAll(there);
    assertEquals(Set.of(), asked, "the dashboard asks for what is not there");
  }

  private interface Wanted {
    boolean is(Answer answer);
  }

  private static Answer await(Node node, String path, Wanted wanted) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      String last;
      try {
        Answer answer = get(node, path);
        if (wanted.is(answer)) {
          return answer;
        }
        last = answer.toString();
      } catch (IOException e) {
        last = "it does not listen: " + e.getMessage();
      }
      assertTrue(System.nanoTime() < deadline, path + " still answers " + last);
      Thread.sleep(50);
    }
  }

  /** Asks from the node itself: the endpoint is on its loopback. */
  private static Answer get(Node node, String path) throws IOException {
    return node.namespace()
        .call(
            () -> {
              var connection =
                  (java.net.HttpURLConnection)
                      java.net.URI.create("http://127.0.0.1:9464" + path).toURL().openConnection();
              connection.setRequestProperty("Connection", "close");
              connection.setReadTimeout((int) PATIENCE.toMillis());
              int status = connection.getResponseCode();
              try (var in =
                  status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new Answer(
                    status, new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
              } finally {
                connection.disconnect();
              }
            });
  }
}
