package io.sluice.demo;

import io.sluice.lab.ConnectionLoad;
import io.sluice.lab.Lab;
import io.sluice.lab.Node;
import io.sluice.lab.Outcome;
import io.sluice.lab.Pod;
import io.sluice.lab.Probe;
import io.sluice.lab.SelfTest;
import io.sluice.lab.Traffic;
import io.sluice.lab.Transport;
import io.sluice.lab.agent.Agent;
import io.sluice.lab.agent.Distribution;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The real stage: network namespaces on Open vSwitch, and real connections between them. */
final class PacketStage implements Stage {
  private static final int PER_SECOND = 200;

  private final Distribution distribution;
  private final Lab lab;
  private final Node node;
  private final Map<String, Pod> pods = new HashMap<>();

  PacketStage(Distribution distribution) throws IOException {
    this.distribution = distribution;
    lab = Lab.create();
    try {
      node = lab.node("n1", Cast.NODE_ADDRESSES);
      node.addPods(Cast.PODS).forEach(pod -> pods.put(pod.path(), pod));
      for (Pod pod : pods.values()) {
        lab.traffic().listen(pod, Transport.TCP, Question.Service.TCP.port());
        lab.traffic().listen(pod, Transport.UDP, Question.Service.UDP.port());
      }
      node.replaceFlows("priority=0,actions=drop\n");
      List<String> leaks = SelfTest.leaks(node, pod("dev/alice"), pod("shop/db"), node);
      if (!leaks.isEmpty()) {
        throw new DemoException("packets pass a switch that drops all of them: " + leaks);
      }
      node.ofctl("del-flows");
    } catch (IOException | RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  private Pod pod(String name) {
    Pod pod = pods.get(name);
    if (pod == null) {
      throw new DemoException("no pod " + name);
    }
    return pod;
  }

  @Override
  public String description() {
    return "A node with its own Open vSwitch and "
        + pods.size()
        + " pods, each a network namespace of this machine.\nEvery mark in the tables is a real"
        + " connection or datagram and its echo, over IPv4 and over IPv6.";
  }

  @Override
  public String witness() {
    return "packet";
  }

  @Override
  public Agent start(ManifestDirectory manifests) throws IOException {
    Path folder = Files.createDirectories(node.socketDirectory().resolveSibling("agent"));
    Agent agent =
        new Agent(
            distribution,
            folder,
            Map.of(
                "io.sluice.node",
                "name = " + Cast.NODE + "\n",
                "io.sluice.source.files",
                "directory = " + manifests.directory() + "\n",
                "io.sluice.engine",
                "datapath = ovs\n",
                "io.sluice.datapath.ovs",
                "bridge = "
                    + Node.BRIDGE
                    + "\nsocketDirectory = "
                    + node.socketDirectory()
                    + "\nmanageBridge = true\n"),
            (command, log) -> node.namespace().start(command, Map.of(), log));
    agent.start();
    return agent;
  }

  private Probe probe(Question question) {
    return new Probe(
        pod(question.from()),
        InetAddress.ofLiteral(question.source()),
        InetAddress.ofLiteral(question.destination()),
        question.service() == Question.Service.TCP ? Transport.TCP : Transport.UDP,
        question.service().port());
  }

  @Override
  public Map<Question, Boolean> measure(List<Question> questions) throws IOException {
    Map<Question, Probe> probes = new LinkedHashMap<>();
    questions.forEach(question -> probes.put(question, probe(question)));
    Map<Probe, Outcome> outcomes = lab.traffic().probe(probes.values(), Traffic.PATIENCE);
    Map<Question, Boolean> measured = new LinkedHashMap<>();
    probes.forEach((question, probe) -> measured.put(question, answered(outcomes.get(probe))));
    return measured;
  }

  private static boolean answered(@org.jspecify.annotations.Nullable Outcome outcome) {
    return outcome == Outcome.ANSWERED;
  }

  @Override
  public Watch watch(Question question) throws IOException {
    Probe probe = probe(question);
    ConnectionLoad load = lab.traffic().load(probe.from(), List.of(probe), PER_SECOND);
    return (since, open) -> {
      PacketWatch watch = new PacketWatch(load, since, open);
      Duration shown = watch.await();
      load.stop();
      return shown;
    };
  }

  @Override
  public void close() {
    lab.close();
  }
}
