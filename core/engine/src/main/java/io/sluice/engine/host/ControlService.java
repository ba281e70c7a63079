package io.sluice.engine.host;

import io.sluice.api.control.Control;
import io.sluice.api.control.DatapathInfo;
import io.sluice.api.control.EndpointInfo;
import io.sluice.api.control.Explanation;
import io.sluice.api.control.GroupInfo;
import io.sluice.api.control.LintReport;
import io.sluice.api.control.Measurements;
import io.sluice.api.control.Party;
import io.sluice.api.control.PolicyInfo;
import io.sluice.api.control.ReleaseResult;
import io.sluice.api.control.Service;
import io.sluice.api.control.Settled;
import io.sluice.api.control.Status;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** The service: every question is answered on the loop. Thread-safe. */
final class ControlService implements Control {
  private static final String SYSTEM = "System";

  private final Home home;
  private final PolicyBook policies;
  private final PolicyList list;
  private final Datapaths datapaths;
  private final DatapathBoard datapathBoard;
  private final DatapathOrders orders;
  private final Settler settler;
  private final StatusBoard board;
  private final LintDesk lint;
  private final Turn turn;
  private final Supplier<List<Problem>> dropIns;
  private final Loop loop;

  ControlService(
      Home home,
      PolicyBook policies,
      PolicyList list,
      Datapaths datapaths,
      DatapathBoard datapathBoard,
      DatapathOrders orders,
      Settler settler,
      StatusBoard board,
      LintDesk lint,
      Turn turn,
      Supplier<List<Problem>> dropIns,
      Loop loop) {
    this.home = home;
    this.policies = policies;
    this.list = list;
    this.datapaths = datapaths;
    this.datapathBoard = datapathBoard;
    this.orders = orders;
    this.settler = settler;
    this.board = board;
    this.lint = lint;
    this.turn = turn;
    this.dropIns = dropIns;
    this.loop = loop;
  }

  @Override
  public CompletionStage<Status> status() {
    // The framework is asked beside the loop: it holds its locks while it starts what waits for us.
    return CompletableFuture.supplyAsync(dropIns, task -> Thread.ofVirtual().start(task))
        .thenCompose(problems -> onLoop(() -> board.status(problems)));
  }

  @Override
  public CompletionStage<Measurements> measurements() {
    return onLoop(
        () -> board.measurements(Duration.ofNanos(turn.sinceOldest()), settler.waiting()));
  }

  @Override
  public CompletionStage<List<RuleCounter>> counters() {
    Supplier<CompletionStage<List<RuleCounter>>> ask =
        () ->
            datapaths
                .chosen()
                .orElseThrow(() -> new IllegalStateException(datapaths.whyNone()))
                .datapath()
                .counters();
    return onLoop(ask).thenCompose(Function.identity());
  }

  @Override
  public CompletionStage<List<EndpointInfo>> endpoints() {
    return onLoop(
        () -> {
          Map<EndpointId, String> bindings =
              datapaths.chosen().map(driver -> driver.status().bindings()).orElse(Map.of());
          return home.engine().endpoints(id -> bindings.getOrDefault(id, ""));
        });
  }

  @Override
  public CompletionStage<List<GroupInfo>> groups() {
    return onLoop(() -> home.engine().groups());
  }

  @Override
  public CompletionStage<List<PolicyInfo>> policies() {
    return onLoop(list::read).thenCompose(Function.identity());
  }

  @Override
  public CompletionStage<List<Rule>> rules() {
    return onLoop(() -> home.engine().rules());
  }

  @Override
  public CompletionStage<Explanation> explain(Party from, Party to, Service service) {
    return onLoop(() -> home.engine().explain(from, to, service));
  }

  @Override
  public CompletionStage<LintReport> lint() {
    return onLoop(lint::read).thenCompose(Function.identity());
  }

  @Override
  public CompletionStage<List<String>> flows(PolicyRef policy) {
    Supplier<CompletionStage<List<String>>> ask =
        () -> {
          if (policies.find(policy).isEmpty() && !policy.kind().equals(SYSTEM)) {
            throw new IllegalArgumentException("there is no policy " + policy);
          }
          DatapathDriver chosen =
              datapaths.chosen().orElseThrow(() -> new IllegalStateException(datapaths.whyNone()));
          return chosen.datapath().flows(policy);
        };
    return onLoop(ask).thenCompose(Function.identity());
  }

  @Override
  public CompletionStage<Settled> settle(Duration timeout) {
    return onLoop(() -> settler.settle(timeout)).thenCompose(Function.identity());
  }

  @Override
  public CompletionStage<List<DatapathInfo>> datapaths() {
    return onLoop(datapathBoard::read).thenCompose(Function.identity());
  }

  @Override
  public CompletionStage<DatapathInfo> useDatapath(String name) {
    return onLoop(() -> orders.use(name)).thenCompose(Function.identity());
  }

  @Override
  public CompletionStage<List<ReleaseResult>> release() {
    return onLoop(orders::release).thenCompose(Function.identity());
  }

  private <T> CompletionStage<T> onLoop(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.run(
        () -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }
}
