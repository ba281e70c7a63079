package io.sluice.datapath.ovs.ovsdb;

import io.sluice.datapath.ovs.jsonrpc.Json;
import io.sluice.datapath.ovs.jsonrpc.JsonRpcConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Follows the database with one monitor (RFC 7047 section 4.1.5) and keeps a replica of it. */
final class OvsdbConnection implements OvsdbClient {
  private static final Json DATABASE = Json.of("Open_vSwitch");

  private final JsonRpcConnection rpc;

  private OvsdbConnection(JsonRpcConnection rpc) {
    this.rpc = rpc;
  }

  static CompletionStage<OvsdbClient> open(Path socket, DatabaseObserver observer) {
    Follower follower = new Follower(observer);
    JsonRpcConnection rpc;
    try {
      rpc = JsonRpcConnection.open(socket, follower);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    return rpc.call("monitor", Json.array(DATABASE, new Json.Null(), Replica.monitorRequest()))
        .thenApply(
            rows -> {
              follower.begin(rows);
              return (OvsdbClient) new OvsdbConnection(rpc);
            })
        .whenComplete(
            (client, failure) -> {
              if (failure != null) {
                rpc.close();
              }
            });
  }

  @Override
  public CompletionStage<Long> edit(BridgeEdit edit) {
    List<Json> operations = edit.operations();
    return transact("change bridge " + edit.bridge(), operations.toArray(Json[]::new))
        .thenCompose(
            results -> {
              long rows = results.getFirst().member("count").asNumber().orElse(0L);
              return rows == 1
                  ? CompletableFuture.completedFuture(number(results.get(operations.size() - 1)))
                  : CompletableFuture.failedFuture(
                      new OvsdbException("there is no bridge " + edit.bridge()));
            });
  }

  private static long number(Json selected) {
    return selected.member("rows").items().stream()
        .flatMap(row -> row.member("next_cfg").asNumber().stream())
        .findFirst()
        .orElse(0L);
  }

  private CompletionStage<List<Json>> transact(String what, Json... operations) {
    List<Json> parameters = Stream.concat(Stream.of(DATABASE), Stream.of(operations)).toList();
    return rpc.call("transact", new Json.Items(parameters))
        .thenCompose(
            result ->
                error(result)
                    .<CompletionStage<List<Json>>>map(
                        error ->
                            CompletableFuture.failedFuture(
                                new OvsdbException("cannot " + what + ": " + error)))
                    .orElseGet(() -> CompletableFuture.completedFuture(result.items())));
  }

  /** What went wrong in a transaction: an operation's error, or one behind them all. */
  private static Optional<String> error(Json results) {
    return results.items().stream()
        .filter(result -> !result.member("error").isNull())
        .map(
            result ->
                result.member("error").asText().orElse("error")
                    + result.member("details").asText().map(more -> ": " + more).orElse(""))
        .findFirst();
  }

  @Override
  public CompletionStage<Void> echo() {
    return rpc.call("echo", Json.array()).thenAccept(answer -> {});
  }

  @Override
  public void close() {
    rpc.close();
  }

  /** Keeps the replica; confined to the connection's thread. */
  private static final class Follower implements JsonRpcConnection.Listener {
    private final DatabaseObserver observer;
    private final Replica replica = new Replica();
    private boolean begun;

    Follower(DatabaseObserver observer) {
      this.observer = observer;
    }

    void begin(Json rows) {
      begun = true;
      replica.apply(rows);
      observer.changed(replica.config());
    }

    @Override
    public void notification(String method, Json parameters) {
      if (method.equals("update")) {
        replica.apply(parameters.items().get(1));
        observer.changed(replica.config());
      }
    }

    @Override
    public void closed(IOException cause) {
      if (begun) {
        observer.closed(cause);
      }
    }
  }
}
