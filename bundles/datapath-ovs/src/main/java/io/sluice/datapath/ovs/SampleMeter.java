package io.sluice.datapath.ovs;

import io.sluice.datapath.ovs.openflow.MeterMod;
import io.sluice.datapath.ovs.openflow.OpenFlowConnection;
import io.sluice.datapath.ovs.openflow.OpenFlowErrorException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The meter that bounds how many denied packets are sampled. A switch forgets it when it likes. */
final class SampleMeter {
  private static final int SAMPLES_PER_SECOND = 100;

  private SampleMeter() {}

  /**
   * Makes sure that the meter is there.
   *
   * @return whether it is; no, if the switch has no meters
   */
  static CompletionStage<Boolean> ensure(OpenFlowConnection connection) {
    return send(connection, MeterMod.Command.ADD)
        .exceptionallyCompose(
            failure ->
                refused(failure)
                    ? send(connection, MeterMod.Command.MODIFY)
                    : CompletableFuture.failedStage(failure))
        .thenApply(made -> true)
        .exceptionallyCompose(
            failure ->
                refused(failure)
                    ? CompletableFuture.completedStage(false)
                    : CompletableFuture.failedStage(failure));
  }

  /** Takes it away. */
  static CompletionStage<Void> remove(OpenFlowConnection connection) {
    return send(connection, MeterMod.Command.DELETE)
        .exceptionallyCompose(
            failure ->
                refused(failure)
                    ? CompletableFuture.completedStage(null)
                    : CompletableFuture.failedStage(failure));
  }

  private static boolean refused(Throwable failure) {
    return SwitchLink.cause(failure) instanceof OpenFlowErrorException;
  }

  private static CompletionStage<Void> send(
      OpenFlowConnection connection, MeterMod.Command command) {
    return connection.meter(
        new MeterMod(command, Verdicts.METER, SAMPLES_PER_SECOND, SAMPLES_PER_SECOND));
  }
}
