package io.sluice.datapath.nftables;

import io.sluice.api.net.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table, drawn.
 *
 * <pre>{@code
 * prerouting (raw)   from a pod's interface only the pod's addresses; unknown pods refused
 * forward (filter)   to a pod's interface only the pod's addresses;  goto judge
 * output  (filter)   the node itself: accept (own node);             goto judge
 *
 * judge    not tracked, or picked up in the middle: denied if an end can be denied anything
 *          related ICMP errors: accept, from a pod only about its own connections
 *          to itself: accept
 *          ct original saddr -> map egress  -> jump e7     program of who sends
 *          ct reply saddr    -> map ingress -> jump i9     program of who receives
 *          accept
 *
 * e7       goto c31                 (or: jump c31, goto c40: two endpoints with one address)
 * c31      rules: ALLOW return, DENY goto x5, PASS goto c33
 *          goto c32
 * c32      rules ...
 *          goto c33
 * c33      isolated: log, refuse    (or: rules of the baseline)
 * }</pre>
 *
 * <p><b>A program is a list of chains</b>, one for each way in which an endpoint can be judged: the
 * tiers in their order, in them the rules about the sets that the endpoint is a member of. A chain
 * ends by going to the next, so that lists share their tails: endpoints that are members of the
 * same sets share all of their program, and those of one namespace at least what is about all of
 * it. Nothing is nested, so {@code return} always means: this direction allows. See {@link
 * Programs}.
 *
 * <p><b>Every packet is judged</b> by the original tuple of its connection, as it is after address
 * translation (with {@code established=recheck}): what revokes the first packet revokes all of
 * them, also those that only the server sends. So a Service's traffic is judged by the pod behind
 * it, and a client's address by what it was before the node's own masquerading.
 *
 * <p><b>Own node</b> is what the node sends itself: it leaves through output from a local address.
 * The rest of output is judged like what is forwarded; IPVS sends pods' traffic that way. What pods
 * send to the node itself goes through neither, and is allowed.
 *
 * <p><b>Sizes.</b> Pods' addresses are in hash sets, because one change of a big interval set takes
 * seconds; blocks are in small interval sets of the rule that names them. There are no anonymous
 * sets in chains that are many, because each is a set to create. A chain is written anew as a
 * whole, so that no rule's handle has to be known.
 */
final class Layout {
  static final String JUDGE = "judge";
  private static final String REFUSE = "refuse";
  private static final String DENIED = "denied";
  private static final String SPOOFED = "spoofed";
  private static final String SAMPLES = "samples";
  private static final int COPIED = 96;

  /** The base chains and what they hang on. */
  static final Map<String, String> HOOKS = hooks();

  /**
   * The rules of the system tier, by the counters that count them.
   *
   * @param ownNode traffic of the node itself, to pods
   * @param self traffic of pods to themselves
   * @param unknownEgress traffic of unknown pods
   * @param unknownIngress traffic to unknown pods
   */
  record SystemRules(
      Optional<Long> ownNode,
      List<Long> self,
      Optional<Long> unknownEgress,
      Optional<Long> unknownIngress) {}

  private final Settings settings;
  private final Names names;

  Layout(Settings settings, Names names) {
    this.settings = settings;
    this.names = names;
  }

  private static Map<String, String> hooks() {
    Map<String, String> hooks = new LinkedHashMap<>();
    hooks.put("prerouting", "type filter hook prerouting priority raw; policy accept;");
    hooks.put("forward", "type filter hook forward priority filter; policy accept;");
    hooks.put("output", "type filter hook output priority filter; policy accept;");
    return Map.copyOf(hooks);
  }

  static String type(Family family) {
    return family == Family.IPV4 ? "ipv4_addr" : "ipv6_addr";
  }

  private static String ip(Family family) {
    return family == Family.IPV4 ? "ip" : "ip6";
  }

  /** Matches connections of an endpoint to itself. */
  static String self(Names names, Family family) {
    String ip = ip(family);
    return "ct original %s saddr . ct reply %s saddr @%s"
        .formatted(ip, ip, names.of("self", family));
  }

  /** Makes the sets, maps, counters and chains of which there is one. */
  void frame(Ruleset ruleset) {
    ruleset.counter(names.of(DENIED));
    ruleset.counter(names.of(SPOOFED));
    ruleset.object(names.of(SAMPLES), "limit { rate 50/second burst 100 packets }");
    ruleset.set(ports(), Ruleset.Kind.set("ifname", Ruleset.Effect.NARROWS));
    for (Family family : Family.values()) {
      String type = type(family);
      ruleset.set(names.of("egress", family), Ruleset.Kind.dispatch(type));
      ruleset.set(names.of("ingress", family), Ruleset.Kind.dispatch(type));
      ruleset.set(
          names.of("self", family), Ruleset.Kind.set(type + " . " + type, Ruleset.Effect.WIDENS));
      ruleset.set(known(family), Ruleset.Kind.set(type, Ruleset.Effect.WIDENS));
      ruleset.set(guarded(family), Ruleset.Kind.set(type, Ruleset.Effect.NARROWS));
      ruleset.set(bound(family), Ruleset.Kind.set("ifname . " + type, Ruleset.Effect.WIDENS));
      String ranges = names.of("ranges", family);
      ruleset.set(ranges, Ruleset.Kind.intervals(type));
      Intervals.blocks(
              settings.podRanges().stream().filter(each -> each.family() == family).toList())
          .forEach(block -> ruleset.put(ranges, block.toString()));
    }
    List<String> refuse = new ArrayList<>();
    refuse.add("counter name " + names.of(DENIED));
    if (settings.reject()) {
      refuse.add("meta l4proto tcp reject with tcp reset");
      refuse.add("reject with icmpx admin-prohibited");
    } else {
      refuse.add("drop");
    }
    ruleset.chain(refuse(), refuse);
  }

  String ports() {
    return names.of("ports");
  }

  /** Addresses of local endpoints. */
  String known(Family family) {
    return names.of("known", family);
  }

  /** Addresses of local endpoints that can be denied something. */
  String guarded(Family family) {
    return names.of("guarded", family);
  }

  /** Interfaces with the addresses behind them. */
  String bound(Family family) {
    return names.of("bound", family);
  }

  String denied() {
    return names.of(DENIED);
  }

  String spoofed() {
    return names.of(SPOOFED);
  }

  private String refuse() {
    return names.of(REFUSE);
  }

  /** Logs and refuses. */
  List<String> refusal(Sample sample) {
    List<String> lines = new ArrayList<>(log(sample));
    lines.add("goto " + refuse());
    return lines;
  }

  private List<String> log(Sample sample) {
    return settings.logGroup() == 0
        ? List.of()
        : List.of(
            "limit name %s log prefix \"%s\" group %d snaplen %d"
                .formatted(names.of(SAMPLES), sample.prefix(), settings.logGroup(), COPIED));
  }

  /** Writes the base chains and those that they go to. */
  void base(Ruleset ruleset, SystemRules system) {
    prerouting(ruleset, system);
    List<String> forward = new ArrayList<>();
    for (Family family : Family.values()) {
      forward.add(
          "oifname @%s oifname . %s daddr != @%s goto %s"
              .formatted(ports(), ip(family), bound(family), names.of("stray")));
    }
    if (system.unknownIngress().isPresent()) {
      forward.addAll(unknown("oifname", "daddr", names.of("unknownin")));
    }
    forward.add("goto " + names.of(JUDGE));
    ruleset.chain("forward", forward);
    List<String> output = new ArrayList<>();
    system
        .ownNode()
        .ifPresent(
            rule ->
                output.add("fib saddr type local counter name " + names.counter(rule) + " accept"));
    if (settings.reject()) {
      // Our own resets, which claim to be from whom they are about.
      output.add("ct state related meta l4proto tcp tcp flags & rst == rst accept");
    }
    output.add("goto " + names.of(JUDGE));
    ruleset.chain("output", output);
    ruleset.chain(names.of(JUDGE), judge(system));
    stateless(ruleset);
  }

  private void prerouting(Ruleset ruleset, SystemRules system) {
    List<String> prerouting = new ArrayList<>();
    prerouting.add("iifname @" + ports() + " goto " + names.of("guard"));
    if (system.unknownEgress().isPresent()) {
      prerouting.addAll(unknown("iifname", "saddr", names.of("unknown")));
    }
    ruleset.chain("prerouting", prerouting);
    List<String> guard = new ArrayList<>();
    for (Family family : Family.values()) {
      guard.add("iifname . %s saddr @%s accept".formatted(ip(family), bound(family)));
    }
    for (String type :
        List.of(
            "nd-neighbor-solicit",
            "nd-neighbor-advert",
            "nd-router-solicit",
            "mld-listener-report",
            "mld-listener-done",
            "mld2-listener-report")) {
      guard.add("ip6 saddr fe80::/10 icmpv6 type " + type + " accept");
      guard.add("ip6 saddr :: icmpv6 type " + type + " accept");
    }
    guard.add("counter name " + spoofed());
    guard.addAll(log(Sample.SPOOFED));
    guard.add("drop");
    ruleset.chain(names.of("guard"), guard);
    List<String> stray = new ArrayList<>(log(Sample.STRAY));
    stray.add("counter name " + spoofed() + " drop");
    ruleset.chain(names.of("stray"), stray);
    system.unknownEgress().ifPresent(rule -> unknown(ruleset, "unknown", rule, true));
    system.unknownIngress().ifPresent(rule -> unknown(ruleset, "unknownin", rule, false));
  }

  private void unknown(Ruleset ruleset, String chain, long rule, boolean egress) {
    List<String> lines = new ArrayList<>();
    lines.add("counter name " + names.counter(rule));
    lines.addAll(log(new Sample(Sample.Kind.UNKNOWN, egress, rule)));
    lines.add("drop");
    ruleset.chain(names.of(chain), lines);
  }

  private List<String> unknown(String device, String end, String chain) {
    List<String> lines = new ArrayList<>();
    if (settings.unknownAllowed()) {
      return lines;
    }
    for (String each : settings.podInterfaces()) {
      lines.add("%s \"%s\" %s != @%s goto %s".formatted(device, each, device, ports(), chain));
    }
    if (!settings.podRanges().isEmpty()) {
      for (Family family : Family.values()) {
        lines.add(
            "%s %s @%s %s %s != @%s goto %s"
                .formatted(
                    ip(family),
                    end,
                    names.of("ranges", family),
                    ip(family),
                    end,
                    known(family),
                    chain));
      }
    }
    return lines;
  }

  private List<String> judge(SystemRules system) {
    List<String> judge = new ArrayList<>();
    String stateless = names.of("stateless");
    judge.add("ct state invalid,untracked goto " + stateless);
    if (!settings.pickup()) {
      judge.add(
          "ct state new meta l4proto tcp tcp flags & (fin|syn|rst|ack) != syn goto " + stateless);
    }
    for (String errors : List.of("icmp", "ipv6-icmp")) {
      judge.add("ct state related meta l4proto " + errors + " goto " + names.of("errors"));
    }
    if (!settings.recheck()) {
      judge.add("ct state established,related accept");
    }
    StringBuilder counters = new StringBuilder();
    system.self().forEach(rule -> counters.append(" counter name " + names.counter(rule)));
    for (Family family : Family.values()) {
      if (!system.self().isEmpty()) {
        judge.add(self(names, family) + counters + " accept");
      }
    }
    for (Family family : Family.values()) {
      judge.add("ct original %s saddr vmap @%s".formatted(ip(family), names.of("egress", family)));
    }
    for (Family family : Family.values()) {
      judge.add("ct reply %s saddr vmap @%s".formatted(ip(family), names.of("ingress", family)));
    }
    judge.add("accept");
    return judge;
  }

  private void stateless(Ruleset ruleset) {
    List<String> stateless = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    for (Family family : Family.values()) {
      String ip = ip(family);
      stateless.add("%s saddr @%s goto %s".formatted(ip, guarded(family), names.of("lost")));
      stateless.add("%s daddr @%s goto %s".formatted(ip, guarded(family), names.of("lost")));
      String self = names.of("self", family);
      errors.add(
          "%s saddr @%s %s saddr . ct original %s saddr != @%s %s saddr . ct reply %s saddr != @%s goto %s"
              .formatted(ip, known(family), ip, ip, self, ip, ip, self, names.of("stateless")));
    }
    stateless.add("accept");
    errors.add("accept");
    ruleset.chain(names.of("lost"), refusal(Sample.STATELESS));
    ruleset.chain(names.of("stateless"), stateless);
    ruleset.chain(names.of("errors"), errors);
  }
}
