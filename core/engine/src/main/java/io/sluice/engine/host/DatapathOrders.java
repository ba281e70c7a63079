package io.sluice.engine.host;

import io.sluice.api.control.DatapathInfo;
import io.sluice.api.control.ReleaseResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** What operators order of the datapaths, and what came of it. */
final class DatapathOrders {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Datapaths datapaths;
  private final DatapathBoard board;
  private final Loop loop;
  private final Set<Runnable> waiting = new HashSet<>();

  DatapathOrders(Datapaths datapaths, DatapathBoard board, Loop loop) {
    this.datapaths = datapaths;
    this.board = board;
    this.loop = loop;
    datapaths.watch(() -> List.copyOf(waiting).forEach(Runnable::run));
  }

  /** Has this one take over. */
  CompletionStage<DatapathInfo> use(String name) {
    DatapathSlot slot =
        datapaths.slots().stream()
            .filter(each -> each.name().equals(name))
            .min((one, other) -> one.candidate().compareTo(other.candidate()))
            .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
    Succession succession = datapaths.succession();
    boolean enforced =
        succession.holder().filter(DatapathSlot::enforcing).isPresent()
            || succession.frozen().isPresent();
    if (enforced && !slot.enforcing()) {
      throw new IllegalArgumentException(
          "datapath '" + name + "' enforces nothing and never replaces one that enforces");
    }
    CompletableFuture<DatapathInfo> answer = new CompletableFuture<>();
    succession.use(slot);
    waitFor(answer, () -> outcome(slot, answer));
    return answer;
  }

  private void outcome(DatapathSlot slot, CompletableFuture<DatapathInfo> answer) {
    Succession succession = datapaths.succession();
    if (!datapaths.slots().contains(slot)) {
      answer.completeExceptionally(
          new IllegalStateException("datapath '" + slot.name() + "' disappeared meanwhile"));
    } else if (succession.holder().filter(one -> one == slot).isPresent()
        || slot.rejection != null) {
      answer.complete(board.info(slot, datapaths.endpoints().size()));
    } else if (!succession.opened()) {
      answer.completeExceptionally(
          new IllegalStateException(
              "datapath '"
                  + slot.name()
                  + "' takes over when every source is synced; 'sluice:status' says what is"
                  + " missing"));
    } else if (succession.successor().filter(one -> one == slot).isEmpty()) {
      answer.completeExceptionally(
          new IllegalStateException("another datapath than '" + slot.name() + "' is wanted now"));
    }
  }

  private String unknown(String name) {
    String known =
        datapaths.slots().stream()
            .map(DatapathSlot::name)
            .sorted()
            .collect(Collectors.joining(", "));
    return "there is no datapath '" + name + "'; bound are: " + (known.isEmpty() ? "none" : known);
  }

  /** Has everything removed. */
  CompletionStage<List<ReleaseResult>> release() {
    CompletableFuture<List<ReleaseResult>> answer = new CompletableFuture<>();
    List<DatapathSlot> all = datapaths.slots().stream().filter(DatapathSlot::enforcing).toList();
    datapaths.succession().withdraw();
    Runnable cancel = loop.after(PATIENCE, () -> answer.complete(results(all)));
    waitFor(
        answer,
        () -> {
          if (all.stream().allMatch(DatapathOrders::answered)) {
            cancel.run();
            answer.complete(results(all));
          }
        });
    return answer;
  }

  private static boolean answered(DatapathSlot slot) {
    return slot.driver.mode() != DatapathDriver.Mode.RELEASING || slot.driver.failure().isPresent();
  }

  private List<ReleaseResult> results(List<DatapathSlot> all) {
    List<ReleaseResult> results = new ArrayList<>();
    for (DatapathSlot slot : all) {
      boolean removed = slot.driver.mode() == DatapathDriver.Mode.RELEASED;
      results.add(
          new ReleaseResult(
              slot.name(),
              removed,
              removed
                  ? "everything of ours was removed"
                  : slot.driver.failure().orElse("did not answer")
                      + "; it is tried again as long as the agent runs"));
    }
    Succession succession = datapaths.succession();
    List<String> gone = new ArrayList<>(succession.left().stream().sorted().toList());
    succession.frozen().ifPresent(gone::add);
    for (String name : gone) {
      results.add(
          new ReleaseResult(
              name,
              false,
              "its bundle is gone and its rules stay; start the bundle again and they are"
                  + " removed"));
    }
    return results;
  }

  /** Looks now and whenever something has changed, until there is an answer. */
  private void waitFor(CompletableFuture<?> answer, Runnable look) {
    waiting.add(look);
    var unused = answer.whenComplete((done, failure) -> waiting.remove(look));
    look.run();
  }
}
