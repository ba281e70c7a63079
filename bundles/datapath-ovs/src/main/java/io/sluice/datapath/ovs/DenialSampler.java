package io.sluice.datapath.ovs;

import io.sluice.api.datapath.Denial;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.Rule;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Direction;
import io.sluice.datapath.ovs.openflow.Field;
import io.sluice.datapath.ovs.openflow.FieldMatch;
import io.sluice.datapath.ovs.openflow.PacketIn;
import java.util.Optional;

/**
 * Says of a sampled packet who was denied what, and by which rule. The switch bounds the samples
 * with a meter; what a flow dropped beyond them is in its counters.
 */
final class DenialSampler {
  private long sampled;
  private long unreadable;
  private long denied;

  /** What became of a packet; nothing if it can't be said. */
  Optional<Denial> denial(PacketIn packet, Compiler compiler, SwitchPorts ports) {
    Optional<FrameHead> head = FrameHead.read(packet.packet());
    long verdict = verdict(packet);
    Cookie.Kind kind = Cookie.kind(verdict);
    if (head.isEmpty() || kind.reason().isEmpty()) {
      unreadable++;
      return Optional.empty();
    }
    sampled++;
    Optional<Rule> rule =
        Cookie.tag(verdict) == 0 ? Optional.empty() : compiler.tags().rule(Cookie.tag(verdict));
    Direction direction =
        rule.filter(each -> kind != Cookie.Kind.UNKNOWN)
            .map(Rule::direction)
            .orElse(kind == Cookie.Kind.STRAY ? Direction.INGRESS : Direction.EGRESS);
    return Optional.of(
        new Denial(
            subject(packet, kind, direction, head.get(), compiler, ports),
            direction,
            head.get().source(),
            head.get().destination(),
            head.get().protocol(),
            head.get().port(),
            rule.map(Rule::id),
            kind.reason()));
  }

  /** The cookie of the flow that denied it. */
  private static long verdict(PacketIn packet) {
    return Cookie.of(
        register(packet, Layout.DENIED_KIND.number()) & 0xff,
        register(packet, Layout.DENIED_TAG.number()));
  }

  private static int register(PacketIn packet, int number) {
    return packet
        .metadata()
        .field(Field.register(number))
        .map(FieldMatch::value)
        .map(bits -> (int) bits.low())
        .orElse(0);
  }

  private static Optional<EndpointId> subject(
      PacketIn packet,
      Cookie.Kind kind,
      Direction direction,
      FrameHead head,
      Compiler compiler,
      SwitchPorts ports) {
    return switch (kind) {
      case DENIAL, ISOLATION ->
          compiler.holder(
              original(packet, direction)
                  .orElse(direction == Direction.EGRESS ? head.source() : head.destination()),
              0);
      case STRAY -> {
        long mac = Mac.number(packet.packet(), 0);
        yield ports.bound().stream()
            .filter(bound -> bound.mac() == mac)
            .map(SwitchPorts.Bound::endpoint)
            .findFirst();
      }
      default ->
          ports.bound().stream()
              .filter(bound -> bound.port() == packet.inPort())
              .map(SwitchPorts.Bound::endpoint)
              .findFirst();
    };
  }

  /** The subject's end of the connection's original tuple. */
  private static Optional<IpAddress> original(PacketIn packet, Direction direction) {
    boolean egress = direction == Direction.EGRESS;
    return packet
        .metadata()
        .field(egress ? Field.CT_NW_SRC : Field.CT_NW_DST)
        .map(FieldMatch::value)
        .map(bits -> IpAddress.v4((int) bits.low()))
        .or(
            () ->
                packet
                    .metadata()
                    .field(egress ? Field.CT_IPV6_SRC : Field.CT_IPV6_DST)
                    .map(FieldMatch::value)
                    .map(bits -> IpAddress.v6(bits.high(), bits.low())));
  }

  /** The flows have dropped that many packets, as far as flows that are there now know. */
  void denied(long packets) {
    denied = packets;
  }

  /** How many packets were dropped when the counters were read last. */
  long denied() {
    return denied;
  }

  long sampled() {
    return sampled;
  }

  long unreadable() {
    return unreadable;
  }
}
