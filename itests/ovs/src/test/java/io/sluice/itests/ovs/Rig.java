package io.sluice.itests.ovs;

import io.sluice.api.datapath.Datapath;
import io.sluice.api.datapath.DatapathObserver;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.Denial;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.Translation;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Node;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.engine.core.Locality;
import io.sluice.engine.core.PolicyEngine;
import io.sluice.kit.cluster.Cluster;
import io.sluice.lab.Host;
import io.sluice.lab.Lab;
import io.sluice.lab.Mac;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import io.sluice.lab.RoutedNode;
import io.sluice.lab.Traffic;
import io.sluice.translator.networkpolicy.NetworkPolicyTranslator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A cluster on a real switch: the pods of {@link Manifests#NODE} are on its bridge, everybody else
 * is one host beyond an uplink, and translator, engine and datapath run in this JVM.
 */
final class Rig implements AutoCloseable {
  private static final int SECONDS = 30;

  private final Lab lab;
  private final Stage stage;
  private final Map<String, Pod> pods = new HashMap<>();
  private final Pod outside;
  private final PolicyEngine engine = new PolicyEngine(Locality.node(Manifests.NODE));
  private final NetworkPolicyTranslator translator = new NetworkPolicyTranslator();
  private final Queue<Denial> denials = new ConcurrentLinkedQueue<>();
  private Cluster cluster = Cluster.EMPTY;
  private @Nullable Datapath datapath;

  /** A laboratory for Open vSwitch. */
  Rig(Cluster cluster, Set<IpAddress> externals) throws IOException {
    this(Backend.OPEN_VSWITCH, cluster, externals);
  }

  /**
   * Builds the laboratory and tests it.
   *
   * @param backend what is to be proved
   * @param cluster its pods and its node
   * @param externals further addresses beyond the uplink
   */
  Rig(Backend backend, Cluster cluster, Set<IpAddress> externals) throws IOException {
    lab = Lab.create();
    try {
      List<String> nodeAddresses =
          cluster.nodes().stream()
              .filter(known -> known.name().equals(Manifests.NODE))
              .flatMap(known -> known.addresses().stream())
              .map(IpAddress::toString)
              .toList();
      stage = backend.stage(lab, nodeAddresses);
      List<PodSpec> specs = new ArrayList<>();
      Set<String> beyond = new LinkedHashSet<>();
      externals.forEach(address -> beyond.add(address.toString()));
      for (Endpoint endpoint : cluster.endpoints()) {
        if (isHere(endpoint)) {
          specs.add(
              PodSpec.of(
                  endpoint.namespace(),
                  endpoint.name(),
                  endpoint.addresses().stream().map(IpAddress::toString).toArray(String[]::new)));
        } else {
          endpoint.addresses().forEach(address -> beyond.add(address.toString()));
        }
      }
      specs.forEach(spec -> spec.addresses().forEach(a -> beyond.remove(text(a))));
      nodeAddresses.forEach(beyond::remove);
      stage.addPods(specs).forEach(pod -> pods.put(pod.path(), pod));
      outside = stage.addOutsider("outside", beyond.toArray(String[]::new));
      stage.test(pods.values().iterator().next());
    } catch (IOException | RuntimeException | AssertionError e) {
      lab.close();
      throw e;
    }
  }

  private static String text(java.net.InetAddress address) {
    return IpAddress.of(address.getAddress()).toString();
  }

  /** Whether this pod has a port of its own on the bridge. */
  static boolean isHere(Endpoint endpoint) {
    return endpoint.selectable()
        && endpoint.nodeName().equals(Manifests.NODE)
        && !endpoint.addresses().isEmpty();
  }

  /** Starts the datapath with these keys besides those that the laboratory needs. */
  void start(Map<String, String> options) throws IOException {
    stage.clear();
    begin(options);
  }

  /** Changes the datapath's keys while it runs. */
  void configure(Map<String, String> options) {
    stage.configure(datapath(), options, outside);
  }

  /** Ends the datapath without a word to the switch, as a crash would. */
  void crash() {
    Datapath crashed = datapath();
    datapath = null;
    stage.end(crashed);
  }

  /** Starts the datapath on the switch as it is, without a state. */
  void begin(Map<String, String> options) {
    datapath = stage.begin(options, outside);
    datapath.attach(
        new DatapathObserver() {
          @Override
          public void denied(Denial denial) {
            denials.add(denial);
          }

          @Override
          public void statusChanged() {
            // asked when it matters
          }
        });
  }

  /** Makes this the cluster, and waits until it is in force. */
  void become(Cluster next) {
    boolean first = cluster == Cluster.EMPTY;
    change(next);
    Optional<Update> update = engine.commit();
    if (first) {
      await(datapath().snapshot(engine.snapshot()));
    } else if (update.isPresent()) {
      await(datapath().apply(update.get()));
    }
    await(datapath().confirm(engine.revision()));
    awaitBindings();
  }

  private void change(Cluster next) {
    for (ResourceKey key : cluster.resources().keySet()) {
      if (!next.resources().containsKey(key)) {
        remove(key);
      }
    }
    for (Resource resource : next.resources().values()) {
      if (!resource.equals(cluster.resources().get(resource.key()))) {
        upsert(resource);
      }
    }
    cluster = next;
  }

  private void remove(ResourceKey key) {
    if (cluster.resources().get(key) instanceof ClaimedResource) {
      engine.remove(PolicyRef.of(key));
    } else {
      engine.remove(key);
    }
  }

  private void upsert(Resource resource) {
    switch (resource) {
      case Namespace namespace -> engine.upsert(namespace);
      case Node known -> engine.upsert(known);
      case Endpoint endpoint -> engine.upsert(endpoint);
      case ClaimedResource policy -> {
        switch (translator.translate(policy)) {
          case Translation.Accepted accepted -> engine.upsert(accepted.translated());
          case Translation.Rejected rejected ->
              throw new IllegalArgumentException("refused: " + rejected.problems());
        }
      }
    }
  }

  private void awaitBindings() {
    Set<EndpointId> wanted = new LinkedHashSet<>();
    cluster.endpoints().stream().filter(Rig::isHere).map(EndpointId::of).forEach(wanted::add);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!datapath().status().bindings().keySet().containsAll(wanted)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not bound: " + datapath().status());
      }
      sleep(10);
    }
  }

  /** Something that comes to be true. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /** Waits until it is true. */
  void await(Condition condition) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not come true: " + datapath().status());
      }
      sleep(10);
    }
  }

  /** What the datapath says is wrong. */
  String problems() {
    return datapath().status().problems().toString();
  }

  /** Waits until the datapath is ready again. */
  void awaitReady() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (datapath().status().state() != DatapathStatus.State.READY) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not ready: " + datapath().status());
      }
      sleep(10);
    }
    await(datapath().confirm(engine.revision()));
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static void await(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the datapath failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Gives the datapath the cluster's state, as after a restart, and waits until it is in force. */
  void resume() {
    await(datapath().snapshot(engine.snapshot()));
    await(datapath().confirm(engine.revision()));
    awaitBindings();
  }

  /** Changes the cluster while the datapath is away. */
  void becomeUnseen(Cluster next) {
    change(next);
    engine.commit();
  }

  /** Takes everything of ours from the switch. */
  void release() {
    await(datapath().release());
  }

  Datapath datapath() {
    if (datapath == null) {
      throw new IllegalStateException("not started");
    }
    return datapath;
  }

  Traffic traffic() throws IOException {
    return lab.traffic();
  }

  /** Whom frames from one pod to another are addressed to on the link. */
  Mac nextHop(Pod from, Pod to) throws IOException {
    return stage.nextHop(from, to);
  }

  /** The node as a host. */
  Host host() {
    return stage.host();
  }

  /** The node with its switch. */
  io.sluice.lab.Node node() {
    if (stage instanceof SwitchStage(io.sluice.lab.Node node)) {
      return node;
    }
    throw new IllegalStateException("the node has no switch");
  }

  /** The node that routes. */
  RoutedNode router() {
    if (stage instanceof RouterStage(RoutedNode node)) {
      return node;
    }
    throw new IllegalStateException("the node does not route");
  }

  /** The pod of this path, for example {@code shop/web}. */
  Pod pod(String path) {
    Pod pod = pods.get(path);
    if (pod == null) {
      throw new IllegalArgumentException("no pod " + path + " in " + pods.keySet());
    }
    return pod;
  }

  /** The pods on the bridge. */
  Map<String, Pod> pods() {
    return Map.copyOf(pods);
  }

  /** Everybody beyond the uplink. */
  Pod outside() {
    return outside;
  }

  /** What the datapath has sampled of denied packets. */
  List<Denial> denials() {
    return List.copyOf(denials);
  }

  /** Forgets what is known of connections, as a crash would. */
  void flushConnections() throws IOException {
    stage.flushConnections();
  }

  @Override
  public void close() {
    try {
      if (datapath != null) {
        stage.end(datapath);
      }
    } finally {
      lab.close();
    }
  }
}
