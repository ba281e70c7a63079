package io.sluice.datapath.ovs;

import io.sluice.datapath.ovs.openflow.ConnectionObserver;
import io.sluice.datapath.ovs.openflow.FlowEvent;
import io.sluice.datapath.ovs.openflow.OpenFlowConnection;
import io.sluice.datapath.ovs.openflow.OpenFlowErrorException;
import io.sluice.datapath.ovs.openflow.PacketIn;
import io.sluice.datapath.ovs.ovsdb.BridgeEdit;
import io.sluice.datapath.ovs.ovsdb.DatabaseObserver;
import io.sluice.datapath.ovs.ovsdb.OvsdbClient;
import io.sluice.datapath.ovs.ovsdb.SwitchConfig;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The two connections to a switch, to its database and to the bridge; each is made again when it is
 * lost. Everything happens on the executor's one thread.
 */
final class SwitchLink implements AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  /** Whom to tell; called on the executor. */
  interface Listener {
    /** The database was read, or changed. */
    void configured(SwitchConfig config);

    /**
     * The bridge can be programmed; what it holds is not known.
     *
     * @param watched whether the switch tells what others do to its flows
     */
    void up(OpenFlowConnection connection, boolean watched);

    /** Contact is there, but for some seconds nothing was answered; or it is again. */
    void silent(String what, boolean silent);

    /** Somebody else changed a flow. */
    void flowChanged(FlowEvent event);

    /** Contact was lost, or could not be made. */
    void down(String what, Throwable cause);

    /** A flow sent a packet. */
    void packetIn(PacketIn packet);
  }

  private final Settings.Home home;
  private final DatapathThread executor;
  private final Listener listener;
  private @Nullable OvsdbClient database;
  private @Nullable OpenFlowConnection bridge;
  private long databasePause = FIRST_PAUSE_MILLIS;
  private long bridgePause = FIRST_PAUSE_MILLIS;
  private boolean closed;

  SwitchLink(Settings.Home home, DatapathThread executor, Listener listener) {
    this.home = home;
    this.executor = executor;
    this.listener = listener;
  }

  /** Begins to connect. */
  void open() {
    openDatabase();
    openBridge();
  }

  private void openDatabase() {
    if (closed) {
      return;
    }
    OvsdbClient.open(home.database(), new FromDatabase())
        .whenCompleteAsync(
            (client, failure) -> {
              if (client == null) {
                listener.down("database " + home.database(), failure);
                databasePause = again(databasePause, this::openDatabase);
              } else if (closed) {
                client.close();
              } else {
                databasePause = FIRST_PAUSE_MILLIS;
                database = client;
                new Heartbeat(
                        executor,
                        client::echo,
                        () -> database == client,
                        silent -> listener.silent("database " + home.database(), silent))
                    .beat();
              }
            },
            executor);
  }

  private void openBridge() {
    if (closed) {
      return;
    }
    FromBridge observer = new FromBridge();
    OpenFlowConnection.open(home.management(), observer)
        .thenCompose(
            connection ->
                connection
                    .receivePacketIns()
                    .thenCompose(done -> watch(connection))
                    .thenAcceptAsync(watched -> ready(connection, observer, watched), executor))
        .whenCompleteAsync(
            (done, failure) -> {
              if (failure != null) {
                listener.down("bridge " + home.management(), failure);
                bridgePause = again(bridgePause, this::openBridge);
              }
            },
            executor);
  }

  private static CompletionStage<Boolean> watch(OpenFlowConnection connection) {
    return connection
        .watchFlows()
        .thenApply(done -> true)
        .exceptionallyCompose(
            failure ->
                cause(failure) instanceof OpenFlowErrorException
                    ? CompletableFuture.completedStage(false)
                    : CompletableFuture.failedStage(failure));
  }

  private void ready(OpenFlowConnection connection, FromBridge observer, boolean watched) {
    if (closed) {
      connection.close();
    } else if (!observer.lost) {
      bridgePause = FIRST_PAUSE_MILLIS;
      bridge = connection;
      observer.open = true;
      listener.up(connection, watched);
      new Heartbeat(
              executor,
              connection::echo,
              () -> bridge == connection,
              silent -> listener.silent("bridge " + home.management(), silent))
          .beat();
    } else {
      bridgePause = again(bridgePause, this::openBridge);
    }
  }

  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private long again(long pause, Runnable attempt) {
    if (!closed) {
      executor.later(attempt, pause);
    }
    return Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
  }

  /**
   * Changes the bridge's row; see {@link OvsdbClient#edit}.
   *
   * @return fails with an {@link IOException} without contact
   */
  CompletionStage<Long> edit(BridgeEdit edit) {
    return database == null
        ? CompletableFuture.failedStage(new IOException("no contact with " + home.database()))
        : database.edit(edit);
  }

  @Override
  public void close() {
    closed = true;
    if (database != null) {
      database.close();
    }
    if (bridge != null) {
      bridge.close();
    }
  }

  private final class FromDatabase implements DatabaseObserver {
    @Override
    public void changed(SwitchConfig config) {
      executor.execute(
          () -> {
            if (!closed) {
              listener.configured(config);
            }
          });
    }

    @Override
    public void closed(IOException cause) {
      executor.execute(
          () -> {
            database = null;
            if (!closed) {
              listener.down("database " + home.database(), cause);
              databasePause = again(databasePause, SwitchLink.this::openDatabase);
            }
          });
    }
  }

  private final class FromBridge implements ConnectionObserver {
    private boolean open;
    private boolean lost;

    @Override
    public void flowChanged(FlowEvent event) {
      executor.execute(() -> listener.flowChanged(event));
    }

    @Override
    public void packetIn(PacketIn packet) {
      executor.execute(() -> listener.packetIn(packet));
    }

    @Override
    public void closed(IOException cause) {
      executor.execute(
          () -> {
            lost = true;
            if (open && !closed) {
              bridge = null;
              listener.down("bridge " + home.management(), cause);
              bridgePause = again(bridgePause, SwitchLink.this::openBridge);
            }
          });
    }
  }
}
