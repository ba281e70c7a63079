package io.sluice.datapath.ovs.openflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Turns calls into {@link Exchange}s on a {@link Channel}. */
final class SocketConnection implements OpenFlowConnection {
  private final Channel channel;
  private final AtomicInteger bundles = new AtomicInteger();

  private SocketConnection(Channel channel) {
    this.channel = channel;
  }

  static CompletionStage<OpenFlowConnection> open(Path socket, ConnectionObserver observer) {
    Channel channel;
    try {
      channel = Channel.connect(socket, observer);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    return channel.start().thenApply(agreed -> new SocketConnection(channel));
  }

  private CompletionStage<Void> command(RequestExchange<Boolean> exchange) {
    return channel.submit(exchange).thenAccept(done -> {});
  }

  @Override
  public CompletionStage<SwitchFeatures> features() {
    return channel.submit(
        new RequestExchange<>(
            "features request",
            1,
            (out, xid) -> Messages.empty(out, Messages.FEATURES_REQUEST, xid),
            Messages.FEATURES_REPLY,
            body -> Optional.of(new SwitchFeatures(body.getLong(8), body.get(20) & 0xff))));
  }

  @Override
  public CompletionStage<Void> bundle(List<FlowMod> mods) {
    for (FlowMod mod : mods) {
      Flow flow = mod.flow();
      if (!flow.fits()) {
        String message =
            "a flow with %d actions is longer than an OpenFlow message: table %d, priority %d, %s";
        return CompletableFuture.failedFuture(
            new IllegalArgumentException(
                message.formatted(
                    flow.actions().size(), flow.table(), flow.priority(), flow.match())));
      }
    }
    return mods.isEmpty()
        ? barrier()
        : channel
            .submit(new BundleExchange(List.copyOf(mods), bundles.incrementAndGet()))
            .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Long> dumpFlows(FlowFilter filter, Consumer<FlowStats> each) {
    AtomicLong count = new AtomicLong();
    Consumer<FlowStats> counting =
        stats -> {
          count.incrementAndGet();
          each.accept(stats);
        };
    return channel.submit(
        new RequestExchange<>(
            "flow dump",
            1,
            (out, xid) -> FlowStatsCodec.putRequest(out, xid, filter),
            Messages.MULTIPART_REPLY,
            body ->
                FlowStatsCodec.readReply(body, counting)
                    ? Optional.empty()
                    : Optional.of(count.get())));
  }

  @Override
  public CompletionStage<Long> countFlows(FlowFilter filter) {
    return channel.submit(
        new RequestExchange<>(
            "flow count",
            1,
            (out, xid) -> FlowStatsCodec.putCountRequest(out, xid, filter),
            Messages.MULTIPART_REPLY,
            body -> Optional.of(FlowStatsCodec.readCount(body))));
  }

  @Override
  public CompletionStage<Void> barrier() {
    return command(RequestExchange.command("barrier", 0, (out, xid) -> {}));
  }

  @Override
  public CompletionStage<Void> meter(MeterMod mod) {
    return command(
        RequestExchange.command(
            mod.command() + " meter " + mod.id(), 1, (out, xid) -> MeterCodec.put(out, xid, mod)));
  }

  @Override
  public CompletionStage<Void> echo() {
    return command(
        new RequestExchange<>(
            "echo request",
            1,
            (out, xid) -> Messages.empty(out, Messages.ECHO_REQUEST, xid),
            Messages.ECHO_REPLY,
            body -> Optional.of(true)));
  }

  @Override
  public CompletionStage<Void> watchFlows() {
    return command(
        new RequestExchange<>(
            "flow monitor",
            1,
            FlowMonitorCodec::putRequest,
            Messages.MULTIPART_REPLY,
            body -> Optional.of(true)));
  }

  @Override
  public CompletionStage<Void> flushZone(int zone) {
    return command(
        RequestExchange.command(
            "flush of zone " + zone, 1, (out, xid) -> NiciraCodec.putFlushZone(out, xid, zone)));
  }

  @Override
  public CompletionStage<Void> receivePacketIns() {
    return command(
        RequestExchange.command(
            "asking for packets", 2, (out, xid) -> PacketCodec.putReceive(out, xid, xid + 1)));
  }

  @Override
  public CompletionStage<Void> packetOut(int inPort, byte[] packet, List<Action> actions) {
    if (PacketCodec.packetOutLength(packet, actions) > Messages.MAX_LENGTH) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException("a packet of " + packet.length + " bytes is too long"));
    }
    byte[] copy = packet.clone();
    List<Action> todo = List.copyOf(actions);
    return command(
        RequestExchange.command(
            "packet out", 1, (out, xid) -> PacketCodec.putPacketOut(out, xid, inPort, copy, todo)));
  }

  @Override
  public void close() {
    channel.close();
  }
}
