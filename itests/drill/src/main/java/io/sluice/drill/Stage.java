package io.sluice.drill;

import io.sluice.lab.Lab;
import io.sluice.lab.LabException;
import io.sluice.lab.Node;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import io.sluice.lab.RoutedNode;
import io.sluice.lab.Transport;
import io.sluice.lab.agent.Agent;
import io.sluice.lab.agent.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A node, its pods, an agent that follows a directory, and all the load. */
final class Stage implements AutoCloseable {
  /** A change of the manifests. */
  @FunctionalInterface
  interface Change {
    void make(Inputs inputs) throws IOException;
  }

  private final Lab lab;
  private final Ground ground;
  private final Map<String, Pod> pods = new HashMap<>();
  private final Inputs inputs;
  private final Agent agent;
  private final Timeline timeline = new Timeline();
  private final Load load;
  private final Taps taps = new Taps();
  private final Streams streams;
  private final List<String> notes = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /** Builds it, waits until all of it is in force, and puts the load on. */
  Stage(Distribution distribution, Backend backend, Fault fault) throws IOException {
    lab = Lab.create();
    try {
      ground = backend.ground(lab);
      load = new Load(lab.traffic());
      addPods(Cast.PODS);
      Path base = ground.folder("agent");
      inputs = fault.source().open(ground);
      Cast.write(inputs);
      agent =
          new Agent(
              distribution,
              Files.createDirectories(base),
              settings(),
              (command, log) ->
                  ground.namespace().start(fault.launch().wrap(command, base), Map.of(), log));
      if (fault.source() != Source.DIRECTORY) {
        agent.forget("io.sluice.source.files");
      }
      agent.start();
      agent.settle();
      timeline.next(new State(inputs.cluster()), System.nanoTime());
      taps.listen(pod("shop/db"));
      taps.listen(pod("lan/open"));
      streams = new Streams(Flows.streams(this));
      Flows.begin(this);
    } catch (IOException | RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(inputs.settings());
    settings.put("io.sluice.node", "name = " + Cast.NODE + "\n");
    settings.putAll(ground.settings());
    return settings;
  }

  Ground ground() {
    return ground;
  }

  /** The node with its switch. */
  Node node() {
    if (ground instanceof SwitchGround(Node node)) {
      return node;
    }
    throw new DrillException("the node has no switch");
  }

  /** The node that routes. */
  RoutedNode router() {
    if (ground instanceof RouterGround(RoutedNode node)) {
      return node;
    }
    throw new DrillException("the node does not route");
  }

  Agent agent() {
    return agent;
  }

  /** The directory that the agent follows. */
  Manifests manifests() {
    if (inputs instanceof Manifests manifests) {
      return manifests;
    }
    throw new DrillException("the agent does not follow a directory");
  }

  /** The API server that the agent follows. */
  ApiObjects api() {
    if (inputs instanceof ApiObjects api) {
      return api;
    }
    throw new DrillException("the agent does not follow an API server");
  }

  Timeline timeline() {
    return timeline;
  }

  Load load() {
    return load;
  }

  Taps taps() {
    return taps;
  }

  Streams streams() {
    return streams;
  }

  /** The pod of this path, for example {@code shop/web}. */
  Pod pod(String path) {
    Pod pod = pods.get(path);
    if (pod == null) {
      throw new DrillException("no pod " + path);
    }
    return pod;
  }

  /** New pods with ports of their own; they answer on the ports of the load. */
  List<Pod> addPods(List<PodSpec> specs) throws IOException {
    List<Pod> added = ground.addPods(specs);
    for (Pod pod : added) {
      pods.put(pod.path(), pod);
      taps.know(pod);
      for (Transport transport : List.of(Transport.TCP, Transport.UDP)) {
        lab.traffic().listen(pod, transport, Flows.PORT, Flows.OTHER_PORT);
      }
    }
    return added;
  }

  /** Pods die: their load ends first, then their ports and their namespaces go. */
  void removePods(List<Pod> dying) throws IOException {
    load.end(dying);
    for (Pod pod : dying) {
      pods.remove(pod.path());
      ground.remove(pod);
    }
  }

  /** Changes the manifests; from now on both what was right and what will be is right. */
  void change(Change change) throws IOException {
    long now = System.nanoTime();
    change.make(inputs);
    timeline.next(new State(inputs.cluster()), now);
  }

  /** Something that the table should say beside the figures. */
  void note(String note) {
    notes.add(note);
  }

  /** Something that fails the drill, found by a fault itself. */
  void failed(String why) {
    failures.add(why);
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  /** What the agent says about itself, or that it doesn't. */
  String status() {
    try {
      return agent.ask("sluice:status").text();
    } catch (IOException e) {
      return "the agent does not answer: " + e.getMessage();
    }
  }

  /** Waits until the agent says that everything is in force; answers when, if it ever did. */
  OptionalLong awaitSettled(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        if (agent.ask("sluice:settle 5").status() == 0) {
          long now = System.nanoTime();
          timeline.settled(now);
          return OptionalLong.of(now);
        }
      } catch (IOException e) {
        // It is down or on its way; that it never comes is told by the deadline.
        Pause.millis(20);
      }
      Pause.millis(20);
    }
    return OptionalLong.empty();
  }

  @Override
  public void close() {
    try {
      streams.close();
      load.end();
      taps.close();
      inputs.close();
    } catch (IOException e) {
      throw new LabException("the load does not end", e);
    } finally {
      lab.close();
    }
  }
}
