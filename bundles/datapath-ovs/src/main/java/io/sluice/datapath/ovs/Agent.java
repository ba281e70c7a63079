package io.sluice.datapath.ovs;

import io.sluice.api.datapath.Coverage;
import io.sluice.api.datapath.DatapathObserver;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Update;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Problem;
import io.sluice.datapath.ovs.openflow.FlowFilter;
import io.sluice.datapath.ovs.openflow.FlowMod;
import io.sluice.datapath.ovs.openflow.OpenFlowConnection;
import io.sluice.datapath.ovs.openflow.PacketIn;
import io.sluice.datapath.ovs.ovsdb.SwitchConfig;
import io.sluice.datapath.ovs.unixctl.Unixctl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * What happens on the datapath's thread: puts together what the engine wants, what the database
 * says of ports, and the contact with the bridge.
 */
final class Agent implements SwitchLink.Listener {
  private static final System.Logger LOG = System.getLogger(Agent.class.getName());
  private static final long PATIENCE_MILLIS = 5_000;
  private static final long POLL_MILLIS = 5_000;

  private final DatapathThread executor;
  private final Programmer programmer;
  private final SwitchLink link;
  private final DenialSampler sampler;
  private final Map<Bindings.Learned, Long> learned = new HashMap<>();
  private final Map<String, Problem> contact = new HashMap<>();
  private Settings settings;
  private Optional<SwitchConfig.Bridge> bridge = Optional.empty();
  private final CompletableFuture<Boolean> known = new CompletableFuture<>();
  private boolean configured;
  private boolean securing;
  private PortsFile portsFile = PortsFile.NONE;
  private Bindings bindings = new Bindings(SwitchPorts.NONE, List.of());
  private Optional<Problem> refusal = Optional.empty();
  private Optional<Problem> configuration = Optional.empty();
  private Optional<DatapathObserver> observer = Optional.empty();
  private volatile DatapathStatus status =
      new DatapathStatus(
          DatapathStatus.State.DISCONNECTED, "starting", List.of(), Map.of(), Map.of());

  Agent(Settings settings, DatapathThread executor) {
    this.settings = settings;
    this.executor = executor;
    this.programmer = new Programmer(settings, executor, this::changed);
    this.link = new SwitchLink(settings.home(), executor, this);
    this.sampler = new DenialSampler();
  }

  void open() {
    readPortsFile();
    link.open();
    executor.later(this::poll, POLL_MILLIS);
    executor.later(() -> known.complete(false), PATIENCE_MILLIS);
  }

  void close() {
    link.close();
    programmer.down();
    programmer.forget();
  }

  void attach(DatapathObserver now) {
    observer = Optional.of(now);
  }

  // What the engine asks.

  CompletionStage<Void> snapshot(Snapshot snapshot) {
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    List<EndpointId> endpoints = snapshot.endpoints().stream().map(LocalEndpoint::id).toList();
    bind(endpoints);
    CompletionStage<Void> done = programmer.snapshot(snapshot, bindings.ports());
    changed();
    return done;
  }

  private static CompletionStage<Void> refused(Problem problem) {
    return CompletableFuture.failedStage(new IllegalStateException(problem.toString()));
  }

  CompletionStage<Void> apply(Update update) {
    boolean others = !update.endpoints().isEmpty() || !update.endpointsRemoved().isEmpty();
    CompletionStage<Void> done = programmer.apply(update);
    if (others) {
      rebind();
    }
    return done;
  }

  CompletionStage<Void> confirm(long revision) {
    if (revision > programmer.acknowledged()) {
      return CompletableFuture.failedStage(
          new IllegalStateException("revision " + revision + " is not acknowledged"));
    }
    return Unixctl.revalidatorWait(settings.home().socketDirectory());
  }

  /** Answers when the ports are known, or it has become clear that they will not be soon. */
  CompletionStage<Coverage> covers(Collection<LocalEndpoint> asked) {
    return known.thenApply(ports -> coverage(asked));
  }

  private Coverage coverage(Collection<LocalEndpoint> asked) {
    Set<EndpointId> ids = asked.stream().map(LocalEndpoint::id).collect(Collectors.toSet());
    Optional<Bindings> bound = bindings(ids);
    Set<EndpointId> covered =
        bound.stream()
            .flatMap(each -> each.ports().bound().stream())
            .map(SwitchPorts.Bound::endpoint)
            .collect(Collectors.toSet());
    Map<EndpointId, String> uncovered = new HashMap<>();
    for (EndpointId id : ids) {
      if (!covered.contains(id)) {
        uncovered.put(
            id,
            bound.isPresent()
                ? "no port of bridge " + settings.home().bridge() + " is bound to it with a MAC"
                : "the ports of bridge " + settings.home().bridge() + " are not known yet");
      }
    }
    return new Coverage(covered, uncovered);
  }

  CompletionStage<List<RuleCounter>> counters() {
    Optional<OpenFlowConnection> connection = programmer.connection();
    if (connection.isEmpty()) {
      return CompletableFuture.failedStage(
          new IOException("no contact with bridge " + settings.home().bridge()));
    }
    return Counters.read(connection.get())
        .thenApplyAsync(
            counters -> {
              sampler.denied(counters.denied());
              changed();
              return programmer
                  .compiler()
                  .map(compiler -> counters.byRule(compiler.tags()))
                  .orElse(List.of());
            },
            executor);
  }

  List<String> flows(PolicyRef policy) {
    return programmer.compiler().map(compiler -> compiler.flows(policy)).orElse(List.of());
  }

  DatapathStatus status() {
    return status;
  }

  CompletionStage<Void> release() {
    programmer.forget();
    Optional<OpenFlowConnection> connection = programmer.connection();
    if (connection.isEmpty()) {
      return CompletableFuture.failedStage(
          new IOException("no contact with bridge " + settings.home().bridge()));
    }
    changed();
    return connection
        .get()
        .bundle(
            List.of(
                FlowMod.deleteAll(Cookie.filter()),
                FlowMod.deleteAll(FlowFilter.cookie(Cookie.LEARNED, Cookie.MASK))))
        .thenCompose(done -> SampleMeter.remove(connection.get()));
  }

  // What the configuration says.

  void configure(Keys keys) {
    Settings now;
    try {
      now = Settings.of(keys);
    } catch (Settings.InvalidException e) {
      configuration =
          Optional.of(
              problem(
                  e.key(),
                  String.valueOf(e.getMessage()),
                  "correct io.sluice.datapath.ovs.cfg; until then the old configuration counts"));
      changed();
      return;
    }
    if (!now.home().equals(settings.home())) {
      configuration =
          Optional.of(
              problem(
                  "bridge, socketDirectory, manageBridge",
                  "changed while the agent runs",
                  "restart the agent; until then the old configuration counts"));
      changed();
      return;
    }
    configuration = Optional.empty();
    settings = now;
    readPortsFile();
    rebind();
    programmer.settings(settings);
    changed();
  }

  private void readPortsFile() {
    if (settings.portsFile().isEmpty()) {
      portsFile = PortsFile.NONE;
      contact.remove("ports");
      return;
    }
    try {
      portsFile = PortsFile.read(settings.portsFile().get());
      contact.remove("ports");
    } catch (IOException e) {
      // What was read last stays in force: an unreadable file binds nobody anew.
      contact.put(
          "ports",
          problem("ports", "can't be read: " + e, "make the file readable, or clear the key"));
    }
  }

  // What the switch says.

  @Override
  public void configured(SwitchConfig config) {
    configured = true;
    known.complete(true);
    contact.remove("database");
    bridge = config.bridge(settings.home().bridge());
    refusal = checkBridge();
    bind(local());
    bridge.ifPresent(each -> programmer.datapath(each.datapathType().equals("netdev")));
    programmer.ports(bindings.ports());
    allow();
    changed();
    refusal.ifPresent(programmer::refuse);
  }

  /** A bridge whose fail_mode changes loses its flows: not before it has. */
  private void allow() {
    programmer.allow(secure() && !securing && refusal.isEmpty());
  }

  private boolean secure() {
    return bridge.filter(each -> each.failMode().equals("secure")).isPresent();
  }

  private Optional<Problem> checkBridge() {
    if (bridge.isEmpty() || secure()) {
      return Optional.empty();
    }
    String name = settings.home().bridge();
    if (settings.home().managed()) {
      if (!securing) {
        securing = true;
        link.secure(
            () -> {
              securing = false;
              contact.remove("fail_mode");
              allow();
            });
      }
      return Optional.empty();
    }
    return Optional.of(
        problem(
            "fail_mode",
            "is not secure: after a restart of ovs-vswitchd every packet would pass",
            "ovs-vsctl set-fail-mode " + name + " secure, or set manageBridge=true"));
  }

  @Override
  public void up(OpenFlowConnection connection) {
    contact.remove("bridge");
    programmer.up(connection);
    changed();
  }

  @Override
  public void down(String what, Throwable cause) {
    String kind = what.substring(0, what.indexOf(' '));
    Throwable reason = SwitchLink.cause(cause);
    Problem problem =
        problem(
            "",
            "no contact with " + what + ": " + reason.getMessage(),
            "is Open vSwitch running, and socketDirectory right?");
    if (!problem.equals(contact.put(kind, problem))) {
      LOG.log(System.Logger.Level.WARNING, problem.toString());
    }
    if (kind.equals("bridge")) {
      programmer.down();
    }
    changed();
  }

  @Override
  public void packetIn(PacketIn packet) {
    if (Cookie.kind(packet.cookie()) == Cookie.Kind.LEARN) {
      learn(packet);
      return;
    }
    programmer
        .compiler()
        .flatMap(compiler -> sampler.denial(packet, compiler, bindings.ports()))
        .ifPresent(denial -> observer.ifPresent(each -> each.denied(denial)));
  }

  private void learn(PacketIn packet) {
    // More frames than the first may be under way when the port is bound.
    if (packet.packet().length < FrameHead.ETHERNET
        || !bindings.ports().learning().contains(packet.inPort())) {
      return;
    }
    long mac = Mac.number(packet.packet(), 6);
    boolean taken = bindings.ports().bound().stream().anyMatch(bound -> bound.mac() == mac);
    boolean host =
        bindings
            .ports()
            .host()
            .flatMap(SwitchPorts.Host::mac)
            .filter(own -> own == mac)
            .isPresent();
    if (!Mac.unicast(mac) || taken || host) {
      return;
    }
    bridge.ifPresent(
        each ->
            Bindings.learner(settings, each, local(), portsFile.lines(), packet.inPort())
                .ifPresent(
                    binding -> {
                      learned.put(binding, mac);
                      rebind();
                    }));
  }

  private Set<EndpointId> local() {
    return programmer
        .compiler()
        .map(Compiler::state)
        .map(DesiredState::endpoints)
        .map(Map::keySet)
        .orElse(Set.of());
  }

  private Optional<Bindings> bindings(Collection<EndpointId> endpoints) {
    return bridge.map(each -> Bindings.of(settings, each, endpoints, portsFile.lines(), learned));
  }

  private void bind(Collection<EndpointId> endpoints) {
    bindings = bindings(endpoints).orElse(new Bindings(SwitchPorts.NONE, List.of()));
  }

  private void rebind() {
    bind(local());
    programmer.ports(bindings.ports());
    changed();
  }

  private void poll() {
    executor.later(this::poll, POLL_MILLIS);
    PortsFile before = portsFile;
    readPortsFile();
    if (!before.equals(portsFile)) {
      rebind();
    }
    if (programmer.refusal().isPresent()) {
      programmer.doubt();
    }
    programmer.connection().filter(each -> programmer.settled()).ifPresent(this::recount);
  }

  /** Somebody may have deleted our flows: then their number is another. */
  private void recount(OpenFlowConnection connection) {
    long bundles = programmer.bundles();
    connection
        .countFlows(Cookie.filter())
        .whenCompleteAsync(
            (count, failure) -> {
              boolean still = programmer.settled() && programmer.bundles() == bundles;
              int wanted = programmer.compiler().map(each -> each.book().size()).orElse(-1);
              if (count != null && still && wanted >= 0 && count != wanted) {
                LOG.log(
                    System.Logger.Level.WARNING,
                    "the bridge holds " + count + " flows of ours instead of " + wanted);
                programmer.doubt();
              }
            },
            executor);
  }

  private Problem problem(String field, String message, String remedy) {
    return new Problem("ovs", "Bridge/" + settings.home().bridge(), field, message, remedy);
  }

  private void changed() {
    List<Problem> problems = new ArrayList<>(contact.values());
    configuration.ifPresent(problems::add);
    refusal.ifPresent(problems::add);
    programmer.refusal().ifPresent(problems::add);
    if (configured && bridge.isEmpty()) {
      problems.add(
          problem("bridge", "there is no such bridge", "ovs-vsctl add-br, or correct the key"));
    }
    problems.addAll(bindings.problems());
    problems.addAll(portsFile.problems());
    DatapathStatus now = Report.of(settings, programmer, bindings, problems, refused(), sampler);
    DatapathStatus before = status;
    status = now;
    // Numbers change all the time; they are no news.
    if (now.state() != before.state()
        || !now.problems().equals(before.problems())
        || !now.bindings().equals(before.bindings())) {
      observer.ifPresent(DatapathObserver::statusChanged);
    }
  }

  private boolean refused() {
    return refusal.isPresent() || programmer.refusal().isPresent();
  }
}
