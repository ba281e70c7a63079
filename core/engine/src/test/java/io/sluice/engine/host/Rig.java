package io.sluice.engine.host;

import io.sluice.api.control.Control;
import io.sluice.api.control.NotSettledException;
import io.sluice.api.control.Settled;
import io.sluice.api.control.Status;
import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.kit.Stages;
import io.sluice.kit.source.MemorySource;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** An agent on a real Vert.x, with what a test binds to it. */
final class Rig implements AutoCloseable {
  static final String NODE = "worker-1";
  static final Duration LONG = Duration.ofSeconds(30);
  static final Duration TAKEOVER = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Agent agent;
  private final List<MemorySource> sources = new ArrayList<>();
  private volatile Set<IpAddress> interfaces = Set.of(IpAddress.parse("192.0.2.1"));
  private long services;

  Rig() {
    this(settings(""));
  }

  Rig(Settings settings) {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2));
    vertx.eventBus().registerCodec(new Identity());
    vertx.eventBus().codecSelector(body -> Identity.NAME);
    agent =
        Agent.start(
            vertx,
            settings,
            new Agent.Surroundings(
                System::nanoTime,
                InstantSource.system(),
                () -> interfaces,
                Footprint.NONE,
                List::of,
                List::of));
  }

  static Settings settings(String datapath) {
    return new Settings(NODE, Optional.empty(), datapath, Duration.ZERO, 1000, TAKEOVER, List.of());
  }

  Agent agent() {
    return agent;
  }

  Vertx vertx() {
    return vertx;
  }

  Control control() {
    return agent.control();
  }

  void interfaces(Set<IpAddress> addresses) {
    interfaces = addresses;
  }

  /** Binds a source of this name. */
  MemorySource source(String name) {
    MemorySource source = unbound();
    agent.bind(source, name);
    return source;
  }

  /** A source that is not bound yet. */
  MemorySource unbound() {
    MemorySource source = new MemorySource();
    sources.add(source);
    return source;
  }

  LabelDialect translator() {
    LabelDialect dialect = new LabelDialect();
    agent.bind(dialect, "labels", 0, ++services);
    return dialect;
  }

  HandDatapath datapath(String name, boolean enforcing) {
    HandDatapath datapath = new HandDatapath();
    bind(datapath, name, enforcing, 0);
    return datapath;
  }

  void bind(HandDatapath datapath, String name, boolean enforcing, int ranking) {
    agent.bind(datapath, new Candidate(name, enforcing, ranking, ++services, ""));
  }

  Settled settle() {
    return Stages.get(control().settle(LONG));
  }

  /** What settle fails with. */
  NotSettledException notSettled(Duration timeout) {
    Throwable failure = Stages.failure(control().settle(timeout));
    if (failure instanceof NotSettledException expected) {
      return expected;
    }
    throw new AssertionError("another failure", failure);
  }

  Status status() {
    return Stages.get(control().status());
  }

  /** Waits until the status meets a condition. */
  Status await(String what, Predicate<Status> condition) throws InterruptedException {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (true) {
      Status status = status();
      if (condition.test(status)) {
        return status;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain until " + what + ": " + status);
      }
      Thread.sleep(5);
    }
  }

  /** How many sources are synced. */
  long settledSources(Status status) {
    return status.components().stream()
        .filter(one -> one.kind().equals("source") && one.state().equals("synced"))
        .count();
  }

  static Namespace namespace(String name) {
    return new Namespace(name, Map.of(Namespace.NAME_LABEL, name), "test");
  }

  static Endpoint pod(String namespace, String name, String app, String address) {
    return new Endpoint(
        namespace,
        name,
        "",
        NODE,
        Map.of("app", app),
        List.of(IpAddress.parse(address)),
        List.of(),
        List.of(),
        Endpoint.Network.POD,
        Endpoint.Lifecycle.LIVE,
        Instant.EPOCH,
        "test");
  }

  @Override
  public void close() {
    agent.stop();
    sources.forEach(MemorySource::close);
    Stages.get(vertx.close().toCompletionStage());
  }

  /** Hands records over as they are, like the bundle that provides Vert.x. */
  private static final class Identity implements MessageCodec<Object, Object> {
    static final String NAME = "identity";

    @Override
    public void encodeToWire(Buffer buffer, Object message) {
      throw new UnsupportedOperationException("local only");
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
      throw new UnsupportedOperationException("local only");
    }

    @Override
    public Object transform(Object message) {
      return message;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }
}
