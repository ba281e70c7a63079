package io.sluice.engine.host;

import io.sluice.api.control.Control;
import io.sluice.api.control.EndpointInfo;
import io.sluice.api.control.Explanation;
import io.sluice.api.control.GroupInfo;
import io.sluice.api.control.Measurements;
import io.sluice.api.control.Party;
import io.sluice.api.control.PolicyInfo;
import io.sluice.api.control.Service;
import io.sluice.api.control.Settled;
import io.sluice.api.control.Status;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.policy.PolicyRef;
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
  private final Settler settler;
  private final StatusBoard board;
  private final Turn turn;
  private final Loop loop;

  ControlService(
      Home home,
      PolicyBook policies,
      PolicyList list,
      Datapaths datapaths,
      Settler settler,
      StatusBoard board,
      Turn turn,
      Loop loop) {
    this.home = home;
    this.policies = policies;
    this.list = list;
    this.datapaths = datapaths;
    this.settler = settler;
    this.board = board;
    this.turn = turn;
    this.loop = loop;
  }

  @Override
  public CompletionStage<Status> status() {
    return onLoop(board::status);
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
              datapaths
                  .chosen()
                  .map(driver -> driver.datapath().status().bindings())
                  .orElse(Map.of());
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
