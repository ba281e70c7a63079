package io.sluice.itests.tarball;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lab.Lab;
import io.sluice.lab.Node;
import io.sluice.lab.Outcome;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import io.sluice.lab.Probe;
import io.sluice.lab.SwitchPicture;
import io.sluice.lab.Transport;
import io.sluice.lab.UnixDatagrams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the tarball to nothing, on a machine without any JDK and on a real switch. */
class InstalledTest {
  private static final int ZONE = 23068;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: node-a}
      status: {addresses: [{type: InternalIP, address: 10.244.0.1}]}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {namespace: shop, name: web, uid: u-web, labels: {app: web}}
      spec: {nodeName: node-a}
      status: {phase: Running, podIP: 10.244.0.11, podIPs: [{ip: 10.244.0.11}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {namespace: shop, name: db, uid: u-db, labels: {app: db}}
      spec: {nodeName: node-a}
      status: {phase: Running, podIP: 10.244.0.12, podIPs: [{ip: 10.244.0.12}]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {namespace: shop, name: db-for-web}
      spec:
        podSelector: {matchLabels: {app: db}}
        policyTypes: [Ingress]
        ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}]
      """;

  private final Path folder;
  private final Path root;
  private Lab lab;
  private Node node;
  private Pod web;
  private Pod db;
  private Machine machine;
  private Path unpacked;

  InstalledTest(@TempDir Path folder) {
    this.folder = folder;
    root = folder.resolve("root");
  }

  @BeforeEach
  void build() throws Exception {
    lab = Lab.create();
    node = lab.node("n1", List.of("10.244.0.1"));
    List<Pod> pods =
        node.addPods(
            List.of(
                PodSpec.of("shop", "web", "10.244.0.11"), PodSpec.of("shop", "db", "10.244.0.12")));
    web = pods.get(0);
    db = pods.get(1);
    lab.traffic().listen(db, Transport.TCP, 80, 81);
    machine = new Machine(node.namespace(), folder);
    unpacked = Tarball.unpack(machine, folder.resolve("unpacked"));
    // A machine that is not empty, and on which not all folders are there.
    Files.writeString(Files.createDirectories(root.resolve("etc")).resolve("hosts"), "");
    Files.createDirectories(root.resolve("opt"));
  }

  @AfterEach
  void clear() throws IOException {
    lab.close();
    machine.close();
  }

  private String sluice() {
    return root.resolve("opt/sluice/current/bin/sluice").toString();
  }

  private Path conf(String file) {
    return root.resolve("etc/sluice").resolve(file);
  }

  private String install(Path version) throws Exception {
    return machine.must(version.resolve("install.sh").toString(), "--root", root.toString());
  }

  private String uninstall(String... options) throws Exception {
    String[] command = new String[options.length + 3];
    command[0] = root.resolve("opt/sluice/current/uninstall.sh").toString();
    command[1] = "--root";
    command[2] = root.toString();
    System.arraycopy(options, 0, command, 3, options.length);
    return machine.must(command);
  }

  /** Starts it with what the unit file lets it have, and no more. */
  private String start() throws Exception {
    String capabilities =
        UnitFile.shipped(unpacked).capabilities().stream()
            .map(name -> ",+" + name)
            .reduce("-all", String::concat);
    String text =
        machine.must(
            "setpriv",
            "--no-new-privs",
            "--bounding-set=" + capabilities,
            "--inh-caps=-all",
            sluice(),
            "start");
    machine.adopt(pid());
    return text;
  }

  private long pid() throws IOException {
    return Long.parseLong(Files.readString(root.resolve("run/sluice/run.lock")).strip());
  }

  private int status() throws Exception {
    return machine.run(sluice(), "status").status();
  }

  private boolean enforced() throws IOException {
    return lab.traffic().probe(new Probe(web, db.v4(), Transport.TCP, 80)) == Outcome.ANSWERED
        && lab.traffic().probe(new Probe(web, db.v4(), Transport.TCP, 81)) == Outcome.SILENT;
  }

  private boolean hasRules() throws IOException {
    return SwitchPicture.flows(node).stream().anyMatch(flow -> flow.contains("cookie=0x51ce"));
  }

  private void configure() throws IOException {
    Files.writeString(conf("io.sluice.node.cfg"), "name = node-a\n");
    Files.writeString(conf("io.sluice.metrics.cfg"), "port = 0\n");
    Files.writeString(
        conf("io.sluice.datapath.ovs.cfg"),
        "bridge = "
            + Node.BRIDGE
            + "\nsocketDirectory = "
            + node.socketDirectory()
            + "\nmanageBridge = true\n");
    Files.writeString(conf("manifests/cluster.yaml"), CLUSTER);
  }

  @Test
  void fromTheTarballToNothing() throws Exception {
    Map<String, String> treeBefore = FileTree.of(root);
    Map<String, List<String>> switchBefore = SwitchPicture.take(node, ZONE);

    Path former = Tarball.former(machine, unpacked, folder.resolve("former"));
    installsAndIsIdempotent(former);
    configure();
    startsAndTellsTheServiceManager();
    answersAtATerminal();
    collectsWithoutSecrets();
    survivesWhatBreaks();
    upgradesAndGoesBack();
    stopsAndRulesStay();
    isRemovedAndRulesStayIfWanted(switchBefore);
    isRemovedForGood(treeBefore, switchBefore);
    assertFalse(machine.jdkWasUsed(), "a JDK was looked for");
  }

  private void installsAndIsIdempotent(Path former) throws Exception {
    assertTrue(install(former).contains("next: edit"));
    Map<String, String> once = FileTree.of(root);
    assertTrue(install(former).contains("installed already"));
    assertEquals(once, FileTree.of(root));
    assertEquals(3, status());
    String unit = Files.readString(root.resolve("etc/systemd/system/sluice.service"));
    assertFalse(unit.matches("(?s).*@[A-Z_]+@.*"), unit);
    assertTrue(unit.contains("ExecStart=/opt/sluice/current/bin/sluice run"), unit);
    assertEquals("sluice " + Tarball.FORMER + "\n", machine.must(sluice(), "version"));
  }

  private void startsAndTellsTheServiceManager() throws Exception {
    assertTrue(lab.traffic().probe(new Probe(web, db.v4(), Transport.TCP, 81)) == Outcome.ANSWERED);
    try (UnixDatagrams manager = UnixDatagrams.open(folder.resolve("notify"))) {
      machine.set("NOTIFY_SOCKET", folder.resolve("notify").toString());
      machine.set("WATCHDOG_USEC", "1500000");
      assertTrue(start().contains("in force"));
      machine.set("NOTIFY_SOCKET", "");
      String ready = manager.await(text -> text.startsWith("READY=1"), PATIENCE).orElse("never");
      assertTrue(ready.contains("STATUS=in_force"), ready);
      assertTrue(manager.await(text -> text.startsWith("WATCHDOG=1"), PATIENCE).isPresent());
    }
    assertTrue(enforced());
    assertEquals(0, status());
    assertTrue(machine.must(sluice(), "start").contains("runs already"));
    String held = Files.readString(Path.of("/proc", Long.toString(pid()), "status"));
    assertTrue(held.contains("CapEff:\t0000000000001400"), held);
    assertTrue(held.contains("NoNewPrivs:\t1"), held);
    assertTrue(
        machine
            .must(sluice(), "exec", "sluice:explain shop/web shop/db 81/TCP")
            .startsWith("DENY"));
  }

  private void answersAtATerminal() throws Exception {
    try (Pty terminal = new Pty(machine, folder.resolve("screen"), sluice() + " shell")) {
      terminal.await("sluice> ");
      terminal.type("sluice:polic\t");
      terminal.await("sluice:policies");
      terminal.type("\r");
      terminal.await("NetworkPolicy/shop/db-for-web");
      terminal.type("nonsense\r");
      terminal.await("nonsense");
      terminal.type("exit\r");
      assertEquals(0, terminal.awaitEnd());
    }
    try (Pty terminal = new Pty(machine, folder.resolve("screen"), sluice() + " shell")) {
      terminal.await("sluice> ");
      terminal.type(Pty.ARROW_UP.repeat(3) + "\r");
      terminal.await("NetworkPolicy/shop/db-for-web");
      terminal.type("\004");
      assertEquals(0, terminal.awaitEnd());
    }
  }

  private void collectsWithoutSecrets() throws Exception {
    Secrets secrets = new Secrets();
    secrets.plant(
        root.resolve("etc/sluice"), folder, root.resolve("var/lib/sluice/log/agent.0.log"));
    Path bundle = folder.resolve("running.tar.gz");
    machine.must(sluice(), "support", bundle.toString());
    Path content = Files.createDirectories(folder.resolve("running"));
    machine.must("tar", "-xzf", bundle.toString(), "-C", content.toString());
    secrets.assertNowhere(content);
    Path collected = content.resolve("sluice-support");
    assertHolds(collected, "agent/status.txt", "IN_FORCE");
    assertHolds(collected, "agent/flows.txt", "db-for-web");
    assertHolds(collected, "agent/jvm-threads.txt", "vert.x");
    assertHolds(collected, "datapath/ovs-flows.txt", "cookie=0x51ce");
    assertHolds(collected, "metrics/metrics.txt", "sluice_rules");
    assertHolds(collected, "config/io.sluice.metrics.cfg", "scrape.password = [removed]");
    assertHolds(collected, "logs/agent.0.log", "Sluice runs");
    assertHolds(collected, "version.txt", "sluice " + Tarball.FORMER);
    assertFalse(Files.exists(collected.resolve("config/kubeconfig")));
  }

  private static void assertHolds(Path folder, String file, String wanted) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertTrue(text.contains(wanted), () -> file + " lacks " + wanted + ":\n" + text);
  }

  private void survivesWhatBreaks() throws Exception {
    node.ofctl("del-flows");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!hasRules() || !enforced()) {
      assertTrue(System.nanoTime() < deadline, "the flows that were deleted do not come back");
    }
    assertTrue(ProcessHandle.of(pid()).orElseThrow().destroyForcibly());
    while (status() != 3) {
      assertTrue(System.nanoTime() < deadline, "an agent that was killed is said to run");
    }
    assertTrue(enforced(), "the rules stay");
    assertTrue(start().contains("in force"));
    assertEquals(0, status());
    assertTrue(enforced());
  }

  private void upgradesAndGoesBack() throws Exception {
    Path dropIn = Files.writeString(root.resolve("opt/sluice/deploy/kept.txt"), "kept\n");
    Files.writeString(conf("io.sluice.engine.cfg"), "copyAfter = 7\n");
    Files.delete(conf("io.sluice.policies.mvstore.cfg"));
    long before = pid();
    String upgraded = install(unpacked);
    machine.adopt(pid());
    assertTrue(upgraded.contains("in force"), upgraded);
    assertTrue(pid() != before);
    assertEquals(0, status());
    assertTrue(enforced());
    assertTrue(machine.must(sluice(), "exec", "lb").contains("Active"));

    assertEquals(
        "copyAfter = 7\n", Files.readString(conf("io.sluice.engine.cfg")), "what was edited stays");
    assertTrue(Files.exists(conf("io.sluice.engine.cfg.new")), "its new defaults lie beside it");
    assertFalse(Files.exists(conf("io.sluice.policies.mvstore.cfg")), "what was removed stays so");
    assertFalse(Files.readString(conf("io.sluice.denials.cfg")).contains("As it was"));
    assertTrue(Files.exists(conf("io.sluice.datapath.nftables.cfg.sample")), "what is new comes");
    assertEquals("kept\n", Files.readString(dropIn));
    assertEquals("kept\n", Files.readString(root.resolve("opt/sluice/current/deploy/kept.txt")));

    String back = install(root.resolve("opt/sluice").resolve(Tarball.FORMER));
    machine.adopt(pid());
    assertTrue(back.contains("in force"), back);
    assertEquals("sluice " + Tarball.FORMER + "\n", machine.must(sluice(), "version"));
    assertEquals(0, status());
    assertTrue(Files.readString(conf("io.sluice.denials.cfg")).contains("As it was"));
    assertEquals("copyAfter = 7\n", Files.readString(conf("io.sluice.engine.cfg")));
  }

  private void stopsAndRulesStay() throws Exception {
    assertTrue(machine.must(sluice(), "stop").contains("rules stay"));
    assertEquals(3, status());
    assertTrue(hasRules());
    assertTrue(enforced());
    assertTrue(machine.must(sluice(), "stop").contains("no agent runs"));
    Path bundle = folder.resolve("down.tar.gz");
    machine.must(sluice(), "support", bundle.toString());
    String content = machine.must("tar", "-tzf", bundle.toString());
    assertTrue(content.contains("datapath/ovs-flows.txt"), content);
    assertTrue(content.contains("logs/agent.0.log"), content);
    assertFalse(content.contains("agent/status.txt"), content);
  }

  private void isRemovedAndRulesStayIfWanted(Map<String, List<String>> switchBefore)
      throws Exception {
    uninstall("--keep-rules", "--keep-conf");
    assertFalse(Files.exists(root.resolve("opt/sluice")));
    assertFalse(Files.exists(root.resolve("var")));
    assertTrue(Files.exists(conf("io.sluice.datapath.ovs.cfg")));
    assertTrue(enforced());
    assertFalse(switchBefore.equals(SwitchPicture.take(node, ZONE)));
  }

  private void isRemovedForGood(
      Map<String, String> treeBefore, Map<String, List<String>> switchBefore) throws Exception {
    install(unpacked);
    start();
    assertTrue(enforced());
    uninstall();
    assertEquals(treeBefore, FileTree.of(root));
    assertEquals(switchBefore, SwitchPicture.take(node, ZONE));
  }
}
