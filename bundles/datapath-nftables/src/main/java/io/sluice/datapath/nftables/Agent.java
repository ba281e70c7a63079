package io.sluice.datapath.nftables;

import io.sluice.api.datapath.Coverage;
import io.sluice.api.datapath.DatapathObserver;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Update;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Problem;
import io.sluice.datapath.nftables.netlink.LoggedPacket;
import io.sluice.datapath.nftables.netlink.PacketLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What happens on the datapath's thread. The kernel answers at once, so a call that changes
 * something has taken effect when it returns; between the calls the thread looks every {@link
 * #TICK_MILLIS} whether somebody has touched the table, whether interfaces have changed, and what
 * was logged.
 */
final class Agent {
  private static final System.Logger LOG = System.getLogger(Agent.class.getName());
  private static final long TICK_MILLIS = 100;
  private static final String KERNEL = "kernel";

  private final DatapathThread executor;
  private final Denials denials = new Denials();
  private final Map<String, Problem> problems = new HashMap<>();
  private Settings settings;
  private @Nullable Table table;
  private @Nullable Node node;
  private @Nullable PacketLog log;
  private @Nullable Compiler compiler;
  private Optional<Problem> refusal = Optional.empty();
  private Optional<DatapathObserver> observer = Optional.empty();
  private boolean settled;
  private long acknowledged;
  private long restored;
  private long deniedPackets;
  private volatile DatapathStatus status =
      new DatapathStatus(
          DatapathStatus.State.DISCONNECTED, "starting", List.of(), Map.of(), Map.of());

  Agent(Settings settings, DatapathThread executor) {
    this.settings = settings;
    this.executor = executor;
  }

  void open() {
    contact();
    changed();
    executor.later(this::tick, TICK_MILLIS);
  }

  /** Opens what is not open yet; answers whether everything is. */
  private boolean contact() {
    try {
      if (table == null) {
        table = new Table(settings.home());
      }
      if (node == null) {
        node = new Node();
      }
      problems.remove(KERNEL);
    } catch (IOException e) {
      Problem problem =
          problem(
              "via",
              String.valueOf(e.getMessage()),
              settings.home().library()
                  ? "install libnftables1 and nf_tables and run with CAP_NET_ADMIN, or set"
                      + " via=program"
                  : "install nftables and run with CAP_NET_ADMIN");
      if (!problem.equals(problems.put(KERNEL, problem))) {
        LOG.log(System.Logger.Level.ERROR, problem.toString(), e);
      }
      return false;
    }
    openLog();
    return true;
  }

  private void openLog() {
    if (log != null || settings.logGroup() == 0) {
      return;
    }
    try {
      log = new PacketLog(settings.logGroup());
      problems.remove("log");
    } catch (IOException e) {
      problems.put(
          "log",
          problem(
              "logGroup",
              "denied packets can't be sampled from group "
                  + settings.logGroup()
                  + ": "
                  + e.getMessage(),
              "is another program reading it? choose another group, or 0 for no samples"));
    }
  }

  void close() {
    if (log != null) {
      log.close();
    }
    if (node != null) {
      node.close();
    }
    if (table != null) {
      table.close();
    }
    log = null;
    node = null;
    table = null;
    compiler = null;
  }

  void attach(DatapathObserver now) {
    observer = Optional.of(now);
  }

  // What the engine asks.

  CompletionStage<Void> snapshot(Snapshot snapshot) {
    if (!contact()) {
      return failed(Optional.ofNullable(problems.get(KERNEL)));
    }
    refusal = interfaces().refusal(snapshot.endpoints());
    if (refusal.isPresent()) {
      changed();
      return failed(refusal);
    }
    try {
      replace(snapshot);
      return done();
    } catch (IOException e) {
      return refused(e);
    }
  }

  CompletionStage<Void> apply(Update update) {
    Compiler current = compiler;
    if (current == null || !settled) {
      return CompletableFuture.failedStage(new StaleRevisionException(update.base(), 0));
    }
    try {
      if (update.base() != current.state().revision() || current.takes(update)) {
        current.apply(update);
        refusal = interfaces().refusal(current.state().endpoints().values());
        if (!update.endpoints().isEmpty() || !update.endpointsRemoved().isEmpty()) {
          current.bind(interfaces().bound(current.state().endpoints().values()));
        }
        run(current.ruleset().takeChanges());
      } else {
        current.state().apply(update);
        replace(current.state().snapshot());
      }
      return done();
    } catch (StaleRevisionException e) {
      return CompletableFuture.failedStage(e);
    } catch (IOException e) {
      return again(e);
    }
  }

  /** What was to be changed may not be there: then all of it is written. */
  private CompletionStage<Void> again(IOException first) {
    LOG.log(System.Logger.Level.WARNING, "a change was refused; writing everything", first);
    try {
      replace(Optional.ofNullable(compiler).orElseThrow().state().snapshot());
      return done();
    } catch (IOException second) {
      second.addSuppressed(first);
      return refused(second);
    }
  }

  private CompletionStage<Void> done() {
    acknowledged = compiler == null ? 0 : compiler.state().revision();
    problems.remove("program");
    changed();
    return CompletableFuture.completedStage(null);
  }

  private CompletionStage<Void> refused(IOException e) {
    settled = false;
    LOG.log(System.Logger.Level.ERROR, "nftables refused a change", e);
    problems.put(
        "program",
        problem("", "refused a change: " + e.getMessage(), "the old rules count; see the log"));
    changed();
    return CompletableFuture.failedStage(e);
  }

  private static CompletionStage<Void> failed(Optional<Problem> problem) {
    return CompletableFuture.failedStage(
        new IllegalStateException(problem.map(Problem::toString).orElse("not ready")));
  }

  private PodInterfaces interfaces() {
    return node == null
        ? new PodInterfaces(settings, PodInterfaces.View.NONE)
        : node.interfaces(settings);
  }

  private void replace(Snapshot snapshot) throws IOException {
    settled = false;
    List<String> there = table().objects();
    Names names = new Names(Table.edition(there) + 1);
    Bound bound = interfaces().bound(snapshot.endpoints());
    Compiler now = Compiler.of(settings, names, snapshot, bound);
    table().run(now.ruleset().replacement(there));
    compiler = now;
    settled = true;
  }

  private void run(List<String> transactions) throws IOException {
    settled = false;
    for (String transaction : transactions) {
      table().run(transaction);
    }
    settled = true;
  }

  private Table table() throws IOException {
    if (table == null) {
      throw new IOException("closed");
    }
    return table;
  }

  CompletionStage<Void> confirm(long revision) {
    // A transaction is in force when it has returned: nothing caches verdicts.
    return revision <= acknowledged
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.failedStage(
            new IllegalStateException("revision " + revision + " is not acknowledged"));
  }

  CompletionStage<Coverage> covers(Collection<LocalEndpoint> asked) {
    contact();
    return CompletableFuture.completedStage(interfaces().covers(asked));
  }

  CompletionStage<List<RuleCounter>> counters() {
    Compiler current = compiler;
    if (current == null) {
      return CompletableFuture.completedStage(List.of());
    }
    try {
      Map<String, Table.Count> counts = table().counters();
      Table.Count denied = counts.get(current.layout().denied());
      Table.Count spoofed = counts.get(current.layout().spoofed());
      deniedPackets =
          (denied == null ? 0 : denied.packets()) + (spoofed == null ? 0 : spoofed.packets());
      List<RuleCounter> counters = new ArrayList<>();
      for (long rule : current.state().rules().keySet()) {
        Table.Count count = counts.get(current.names().counter(rule));
        if (count != null && count.packets() > 0) {
          counters.add(new RuleCounter(rule, count.packets(), count.bytes()));
        }
      }
      changed();
      return CompletableFuture.completedStage(counters);
    } catch (IOException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  List<String> flows(PolicyRef policy) {
    return compiler == null ? List.of() : compiler.flows(policy);
  }

  DatapathStatus status() {
    return status;
  }

  CompletionStage<Void> release() {
    compiler = null;
    settled = false;
    acknowledged = 0;
    try {
      table().remove();
      changed();
      return CompletableFuture.completedStage(null);
    } catch (IOException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  // What the configuration says.

  void configure(Keys keys) {
    Settings now;
    try {
      now = Settings.of(keys);
    } catch (Settings.InvalidException e) {
      problems.put(
          "configuration",
          problem(
              e.key(),
              String.valueOf(e.getMessage()),
              "correct io.sluice.datapath.nftables.cfg; until then the old configuration counts"));
      changed();
      return;
    }
    if (!now.home().equals(settings.home())) {
      problems.put(
          "configuration",
          problem(
              "table, via",
              "changed while the agent runs",
              "restart the agent; until then the old configuration counts"));
      changed();
      return;
    }
    problems.remove("configuration");
    if (now.logGroup() != settings.logGroup() && log != null) {
      log.close();
      log = null;
    }
    settings = now;
    openLog();
    rewrite("the configuration changed");
    changed();
  }

  private void rewrite(String why) {
    if (compiler == null) {
      return;
    }
    try {
      replace(compiler.state().snapshot());
      done();
    } catch (IOException e) {
      refused(new IOException(why + ", and writing the table failed: " + e.getMessage(), e));
    }
  }

  // What happens between the calls.

  private void tick() {
    executor.later(this::tick, TICK_MILLIS);
    if (!contact()) {
      changed();
      return;
    }
    try {
      if (table().disturbed() && compiler != null && settled) {
        restored++;
        LOG.log(
            System.Logger.Level.WARNING,
            "table inet "
                + settings.home().table()
                + " was changed by somebody else; restoring it");
        rewrite("somebody else changed the table");
      }
      if (node != null && node.refresh()) {
        rebind();
      }
      if (log != null) {
        log.poll().forEach(this::tell);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "can't see what happens on this node", e);
    }
  }

  private void rebind() throws IOException {
    Compiler current = compiler;
    if (current == null) {
      return;
    }
    Collection<LocalEndpoint> endpoints = current.state().endpoints().values();
    refusal = interfaces().refusal(endpoints);
    current.bind(interfaces().bound(endpoints));
    if (settled) {
      try {
        run(current.ruleset().takeChanges());
      } catch (IOException e) {
        again(e);
      }
    }
    changed();
  }

  private void tell(LoggedPacket packet) {
    Compiler current = compiler;
    if (current != null) {
      denials
          .denial(packet, current)
          .ifPresent(denial -> observer.ifPresent(each -> each.denied(denial)));
    }
  }

  private Problem problem(String field, String message, String remedy) {
    return new Problem("nftables", "Table/" + settings.home().table(), field, message, remedy);
  }

  private void changed() {
    List<Problem> all = new ArrayList<>(problems.values());
    refusal.ifPresent(all::add);
    boolean refusing = refusal.isPresent() || problems.containsKey(KERNEL);
    DatapathStatus now =
        Report.of(
            settings,
            Optional.ofNullable(table),
            Optional.ofNullable(compiler),
            interfaces(),
            all,
            refusing ? DatapathStatus.State.REFUSED : DatapathStatus.State.READY,
            Map.of(
                "packets denied",
                deniedPackets,
                "denials sampled",
                denials.sampled(),
                "samples unreadable",
                denials.unreadable(),
                "sample overruns",
                log == null ? 0 : log.overruns(),
                "times restored",
                restored));
    DatapathStatus before = status;
    status = now;
    // Numbers change all the time; they are no news.
    if (now.state() != before.state()
        || !now.problems().equals(before.problems())
        || !now.bindings().equals(before.bindings())) {
      observer.ifPresent(DatapathObserver::statusChanged);
    }
  }
}
