package io.sluice.datapath.ovs;

import io.sluice.api.datapath.Coverage;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.Denial;
import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Update;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Problem;
import io.sluice.datapath.ovs.openflow.FlowEvent;
import io.sluice.datapath.ovs.openflow.OpenFlowConnection;
import io.sluice.datapath.ovs.openflow.PacketIn;
import io.sluice.datapath.ovs.ovsdb.SwitchConfig;
import io.sluice.datapath.ovs.unixctl.Unixctl;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One bridge: puts together what is wanted of it, what the database says of it and its ports, and
 * the contact with it. Confined to the datapath's thread.
 */
final class BridgeAgent implements SwitchLink.Listener, Programmer.Place {
  private static final System.Logger LOG = System.getLogger(BridgeAgent.class.getName());
  private static final long PATIENCE_MILLIS = 5_000;
  private static final long RELEASE_MILLIS = 10_000;
  private static final long POLL_MILLIS = 5_000;
  private static final long AGAIN_MILLIS = 1_000;

  /** Whom it belongs to; called on the datapath's thread. */
  interface Owner {
    /** Something is different. */
    void changed();

    /** A packet was denied. */
    void denied(Denial denial);

    /** What the database holds; before the bridge itself is looked at. */
    void configured(BridgeAgent agent, SwitchConfig config);

    /** Whether the bridge may be programmed yet. */
    boolean allows(BridgeAgent agent);
  }

  private final Settings.Home home;
  private final DatapathThread executor;
  private final Owner owner;
  private final Programmer programmer;
  private final SwitchLink link;
  private final BridgeRow row;
  private final Watch watch;
  private final PortInventory inventory = new PortInventory();
  private final DenialSampler sampler = new DenialSampler();
  private final Contacts contacts;
  private final CompletableFuture<Boolean> known = new CompletableFuture<>();
  private Optional<String> replaces;
  private Optional<Release> release = Optional.empty();
  private Optional<Problem> refusal = Optional.empty();
  private Optional<List<EndpointId>> lookedFor = Optional.empty();
  private boolean configured;
  private boolean unmarked;
  private boolean resting;
  private boolean closed;

  /**
   * Makes one.
   *
   * @param replaces the bridge from which a move to this one is under way, if one is
   */
  BridgeAgent(Settings settings, Optional<String> replaces, DatapathThread executor, Owner owner) {
    this.home = settings.home();
    this.contacts = new Contacts(home.bridge());
    this.replaces = replaces;
    this.executor = executor;
    this.owner = owner;
    this.programmer = new Programmer(settings, executor, this);
    this.link = new SwitchLink(home, executor, this);
    this.row = new BridgeRow(link, executor);
    this.watch = new Watch(executor, programmer);
  }

  void open() {
    inventory.read(settings());
    link.open();
    watch.open();
    executor.later(this::poll, POLL_MILLIS);
    executor.later(() -> known.complete(false), PATIENCE_MILLIS);
  }

  void close() {
    closed = true;
    link.close();
    watch.close();
    programmer.down();
    programmer.forget();
  }

  // What is asked.

  CompletionStage<Void> snapshot(Snapshot snapshot) {
    release = Optional.empty();
    if (refusal.isPresent()) {
      return CompletableFuture.failedStage(new IllegalStateException(refusal.get().toString()));
    }
    lookedFor = Optional.of(snapshot.endpoints().stream().map(LocalEndpoint::id).toList());
    CompletionStage<Void> done = programmer.snapshot(snapshot);
    lookedFor = Optional.empty();
    review();
    owner.changed();
    return done;
  }

  CompletionStage<Void> apply(Update update) {
    CompletionStage<Void> done = programmer.apply(update);
    if (!update.endpoints().isEmpty() || !update.endpointsRemoved().isEmpty()) {
      programmer.ports();
      owner.changed();
    }
    return done;
  }

  CompletionStage<Void> confirm(long revision) {
    return revision > programmer.acknowledged()
        ? CompletableFuture.failedStage(
            new IllegalStateException("revision " + revision + " is not acknowledged"))
        : revalidated();
  }

  /** Answers when the ports are known, or it has become clear that they will not be soon. */
  CompletionStage<Coverage> covers(Collection<LocalEndpoint> asked) {
    return known.thenApplyAsync(ports -> inventory.coverage(settings(), asked, unseen()), executor);
  }

  /** Why the bridge's packets are not seen at all, if so. */
  private Optional<String> unseen() {
    return contacts
        .first()
        .or(() -> refusal)
        .or(() -> programmer.refusal().filter(problem -> programmer.blind()))
        .or(this::noBridge)
        .map(Problem::message)
        .or(
            () ->
                configured
                    ? Optional.empty()
                    : Optional.of("the ports of bridge " + home.bridge() + " are not known yet"));
  }

  CompletionStage<List<RuleCounter>> counters() {
    Optional<OpenFlowConnection> connection = programmer.connection();
    if (connection.isEmpty()) {
      return CompletableFuture.failedStage(
          new IOException("no contact with bridge " + home.bridge()));
    }
    return Counters.read(connection.get())
        .thenApplyAsync(
            counters -> {
              sampler.denied(counters.denied());
              owner.changed();
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

  /** Other settings for the same bridge. */
  void configure(Settings now) {
    inventory.read(now);
    programmer.settings(now);
    review();
    programmer.ports();
  }

  /** Takes everything of ours away; then nothing happens until the next snapshot. */
  CompletionStage<Void> release() {
    Optional<Release> underWay = release.filter(each -> !each.isDone());
    if (underWay.isPresent()) {
      return underWay.get().done();
    }
    programmer.forget();
    programmer.allow(false);
    Release now = new Release(row, executor, this::revalidated, settings().options().zone());
    release = Optional.of(now);
    executor.later(() -> now.expire(home.bridge(), contacts.why()), RELEASE_MILLIS);
    proceed();
    owner.changed();
    return now.done();
  }

  private void proceed() {
    if (release.isPresent() && configured && !row.changing()) {
      Release now = release.get();
      inventory
          .bridge()
          .ifPresentOrElse(
              bridge ->
                  programmer.connection().ifPresent(connection -> now.begin(bridge, connection)),
              now::noBridge);
    }
  }

  // What the switch says.

  @Override
  public void configured(SwitchConfig config) {
    configured = true;
    known.complete(true);
    contacts.found("database");
    inventory.bridge(config.bridge(home.bridge()));
    row.applied(config.applied());
    inventory
        .bridge()
        .ifPresent(bridge -> programmer.datapath(bridge.datapathType().equals("netdev")));
    owner.configured(this, config);
    review();
    programmer.ports();
    owner.changed();
  }

  /** Looks whether the bridge is as it must be, and goes on accordingly. */
  private void review() {
    if (closed) {
      return;
    }
    proceed();
    Optional<SwitchConfig.Bridge> bridge = inventory.bridge();
    boolean managed = programmer.aim().wanted().home().managed();
    boolean open = bridge.filter(each -> !BridgeRow.isSecure(each)).isPresent();
    refusal = open && !managed ? Optional.of(BridgeRow.failOpen(home.bridge())) : Optional.empty();
    boolean free = release.isEmpty() && owner.allows(this);
    boolean ready = bridge.filter(each -> row.isReady(each, replaces)).isPresent();
    // A mark that can't be written must not keep a bridge open that is safe without it.
    boolean safe = unmarked && !open && replaces.isEmpty() && !row.changing();
    programmer.allow(free && bridge.isPresent() && (ready || safe) && refusal.isEmpty());
    if (refusal.isPresent()) {
      owner.changed();
      programmer.refuse(refusal.get());
    }
    if (free
        && !ready
        && refusal.isEmpty()
        && !row.changing()
        && !resting
        && bridge.isPresent()
        && programmer.compiler().isPresent()
        && programmer.connection().isPresent()) {
      prepare(bridge.get(), programmer.connection().get());
    }
  }

  private void prepare(SwitchConfig.Bridge bridge, OpenFlowConnection connection) {
    if (!BridgeRow.isSecure(bridge)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "fail_mode of bridge " + home.bridge() + " is set to secure (manageBridge)");
    }
    row.prepare(bridge, replaces, connection, programmer.aim().layouts())
        .whenCompleteAsync(
            (done, failure) -> {
              unmarked = failure != null;
              if (failure == null) {
                contacts.found("row");
                // A bridge whose fail_mode has changed has lost its flows.
                programmer.doubt();
              } else {
                contacts.rowRefused(String.valueOf(SwitchLink.cause(failure).getMessage()));
                resting = true;
                executor.later(
                    () -> {
                      resting = false;
                      review();
                    },
                    AGAIN_MILLIS);
              }
              review();
              owner.changed();
            },
            executor);
  }

  /** The move from another bridge is over; or one that was under way is taken up. */
  void replacing(Optional<String> other) {
    replaces = other;
    if (configured) {
      review();
    }
  }

  @Override
  public void up(OpenFlowConnection connection, boolean watched) {
    contacts.found("bridge");
    watch.up(watched);
    programmer.up(connection);
    review();
    owner.changed();
  }

  @Override
  public void down(String what, Throwable cause) {
    contacts.lost(what, String.valueOf(SwitchLink.cause(cause).getMessage()));
    if (Contacts.kind(what).equals("bridge")) {
      programmer.down();
    } else {
      row.lost(cause);
    }
    owner.changed();
  }

  @Override
  public void silent(String what, boolean silent) {
    if (silent) {
      contacts.lost(what, "it is connected, but has not answered for seconds");
    } else {
      contacts.found(what);
    }
    owner.changed();
  }

  @Override
  public void flowChanged(FlowEvent event) {
    watch.flowChanged(event);
  }

  @Override
  public void packetIn(PacketIn packet) {
    if (Cookie.kind(packet.cookie()) == Cookie.Kind.LEARN) {
      if (inventory.learn(packet, settings(), local())) {
        programmer.ports();
        owner.changed();
      }
      return;
    }
    programmer
        .compiler()
        .flatMap(compiler -> sampler.denial(packet, compiler, inventory.ports()))
        .ifPresent(owner::denied);
  }

  private void poll() {
    if (closed) {
      return;
    }
    executor.later(this::poll, POLL_MILLIS);
    if (inventory.read(settings())) {
      programmer.ports();
      owner.changed();
    }
    if (programmer.refusal().isPresent() || programmer.aim().obstacle().isPresent()) {
      programmer.doubt();
    }
  }

  // What the programmer asks.

  @Override
  public SwitchPorts ports(Settings settings) {
    return inventory.bind(settings, endpoints());
  }

  @Override
  public Optional<Problem> lacking(Settings candidate) {
    return inventory.lacking(candidate);
  }

  @Override
  public CompletionStage<Void> revalidated() {
    return Unixctl.revalidatorWait(home.socketDirectory());
  }

  @Override
  public void changed() {
    owner.changed();
  }

  private Settings settings() {
    return programmer.aim().aimed();
  }

  /** Whose ports are looked for though nothing is programmed here; see {@link #bound}. */
  void lookFor(Collection<EndpointId> endpoints) {
    lookedFor = Optional.of(List.copyOf(endpoints));
    programmer.ports();
  }

  private Collection<EndpointId> endpoints() {
    return lookedFor.isPresent() ? lookedFor.get() : local();
  }

  private Set<EndpointId> local() {
    return state().map(DesiredState::endpoints).map(Map::keySet).orElse(Set.of());
  }

  // How it is.

  /** What is wanted here, if anything is. */
  Optional<DesiredState> state() {
    return programmer.compiler().map(Compiler::state);
  }

  Settings.Home home() {
    return home;
  }

  /** The settings in force or under way, and those wanted in the end. */
  Settings wanted() {
    return programmer.aim().wanted();
  }

  /** The ports that are bound to endpoints now, as far as is known. */
  List<SwitchPorts.Bound> bound() {
    return inventory.ports().bound();
  }

  Optional<SwitchConfig.Bridge> bridge() {
    return inventory.bridge();
  }

  /** Whether nothing of ours can be in force there: there is no such bridge, or it is refused. */
  boolean isVoid() {
    return noBridge().isPresent()
        || (acknowledged() == 0 && health() == DatapathStatus.State.REFUSED);
  }

  /** Whether there is contact with the bridge. */
  boolean isConnected() {
    return programmer.connection().isPresent();
  }

  /** Whether the database has said what bridges there are. */
  boolean isConfigured() {
    return configured;
  }

  long acknowledged() {
    return programmer.acknowledged();
  }

  private Optional<Problem> noBridge() {
    return configured && inventory.bridge().isEmpty()
        ? Optional.of(
            problem("bridge", "there is no such bridge", "ovs-vsctl add-br, or correct the key"))
        : Optional.empty();
  }

  private Problem problem(String field, String message, String remedy) {
    return new Problem("ovs", "Bridge/" + home.bridge(), field, message, remedy);
  }

  List<Problem> problems() {
    List<Problem> problems = contacts.all();
    refusal.ifPresent(problems::add);
    programmer.refusal().ifPresent(problems::add);
    programmer.aim().obstacle().ifPresent(problems::add);
    noBridge().ifPresent(problems::add);
    problems.addAll(inventory.problems());
    return problems;
  }

  DatapathStatus.State health() {
    boolean refused =
        refusal.isPresent()
            || programmer
                .refusal()
                .filter(p -> programmer.blind() || programmer.rejected())
                .isPresent();
    boolean absent = programmer.connection().isEmpty() || !contacts.isWhole();
    return refused
        ? DatapathStatus.State.REFUSED
        : absent ? DatapathStatus.State.DISCONNECTED : DatapathStatus.State.READY;
  }

  DatapathStatus status(List<Problem> problems) {
    return Report.of(health(), programmer, inventory.ports(), problems, sampler, watch);
  }
}
