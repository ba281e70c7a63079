package io.sluice.datapath.nftables;

import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Subject;
import io.sluice.api.net.Cidr;
import io.sluice.api.net.Family;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PortMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A rule as matches of nft(8): one for each kind of peer, family and protocol.
 *
 * <p>Everything is said of the connection's original tuple, whichever packet of it is judged: the
 * source is {@code ct original saddr}; the destination after translation is {@code ct reply saddr},
 * its port {@code ct reply proto-src}.
 *
 * @param rule the rule
 * @param matches what packets match, one alternative each
 * @param blocks the interval sets of its own, with their types and elements
 * @param peers the numbers of the sets of peers that it refers to
 */
record CompiledRule(
    Rule rule, List<String> matches, Map<String, Intervalset> blocks, Set<Integer> peers) {
  /** The number that stands for every endpoint among the sets of subjects. */
  static final int EVERYONE = -1;

  /**
   * An interval set.
   *
   * @param type its type
   * @param elements its elements
   */
  record Intervalset(String type, List<String> elements) {}

  /** Compiles it for endpoints of these families. */
  static CompiledRule of(Rule rule, Names names, Set<Family> families) {
    Maker maker = new Maker(rule, names, families);
    maker.make();
    return new CompiledRule(rule, maker.matches, maker.sets, maker.addresses);
  }

  /** The set of its subjects. */
  int subjects() {
    return rule.subject() instanceof Subject.Members members ? members.set() : EVERYONE;
  }

  /** Whether a peer more means that less passes. */
  boolean denies() {
    return rule.action() != Action.ALLOW;
  }

  /** Its lines in a chain. */
  List<String> lines(String counter, String verdict) {
    return matches.stream()
        .map(match -> (match + " counter name " + counter + " " + verdict).strip())
        .toList();
  }

  private static final class Maker {
    private final Rule rule;
    private final Names names;
    private final Set<Family> families;
    private final List<String> matches = new ArrayList<>();
    private final Map<String, Intervalset> sets = new LinkedHashMap<>();
    private final Set<Integer> addresses = new java.util.LinkedHashSet<>();

    Maker(Rule rule, Names names, Set<Family> families) {
      this.rule = rule;
      this.names = names;
      this.families = families;
    }

    void make() {
      List<String> services = services();
      for (String peer : peers()) {
        for (String service : services) {
          matches.add((peer + " " + service).strip());
        }
      }
    }

    private String field(Family family) {
      String end = rule.direction() == Direction.EGRESS ? "ct reply " : "ct original ";
      return end + (family == Family.IPV4 ? "ip" : "ip6") + " saddr ";
    }

    private List<String> peers() {
      List<String> peers = new ArrayList<>();
      for (PeerMatch peer : rule.peers()) {
        switch (peer) {
          case PeerMatch.Any any -> {
            return List.of("");
          }
          case PeerMatch.Addresses set -> addresses.add(set.set());
          case PeerMatch.Self self ->
              families.forEach(family -> peers.add(Layout.self(names, family)));
          // Traffic of the node itself is decided before any chain of an endpoint.
          case PeerMatch.OwnNode node -> {}
          case PeerMatch.Block block -> {}
        }
      }
      for (Family family : families) {
        for (int set : addresses) {
          boolean denying = rule.action() != Action.ALLOW;
          peers.add(field(family) + "@" + names.peers(set, denying, family));
        }
        blocks(family, peers);
      }
      return peers;
    }

    private void blocks(Family family, List<String> peers) {
      List<Cidr> blocks =
          Intervals.blocks(
              rule.peers().stream()
                  .filter(PeerMatch.Block.class::isInstance)
                  .map(peer -> ((PeerMatch.Block) peer).cidr())
                  .filter(cidr -> cidr.family() == family)
                  .toList());
      if (blocks.isEmpty()) {
        return;
      }
      if (blocks.getFirst().prefix() == 0) {
        peers.add("meta nfproto " + (family == Family.IPV4 ? "ipv4" : "ipv6"));
      } else if (blocks.size() == 1) {
        peers.add(field(family) + Intervals.text(blocks.getFirst()));
      } else {
        String name = names.blocks(rule.id(), family);
        sets.put(
            name,
            new Intervalset(Layout.type(family), blocks.stream().map(Intervals::text).toList()));
        peers.add(field(family) + "@" + name);
      }
    }

    private List<String> services() {
      List<String> services = new ArrayList<>();
      for (Protocol protocol : Protocol.values()) {
        List<PortMatch.Range> ranges = new ArrayList<>();
        for (PortMatch.Resolved service : rule.services()) {
          switch (service) {
            case PortMatch.Any any -> {
              return List.of("");
            }
            case PortMatch.Range range -> {
              if (range.protocol() == protocol) {
                ranges.add(range);
              }
            }
          }
        }
        ports(protocol, Intervals.ports(ranges), services);
      }
      return services;
    }

    private void ports(Protocol protocol, List<PortMatch.Range> ranges, List<String> services) {
      if (ranges.isEmpty()) {
        return;
      }
      String word = protocol.name().toLowerCase(java.util.Locale.ROOT);
      String match = "meta l4proto " + word;
      if (ranges.getFirst().isAll()) {
        services.add(match);
      } else if (ranges.size() == 1) {
        services.add(match + " ct reply proto-src " + Intervals.text(ranges.getFirst()));
      } else {
        String name = names.ports(rule.id(), word);
        sets.put(
            name, new Intervalset("inet_service", ranges.stream().map(Intervals::text).toList()));
        services.add(match + " ct reply proto-src @" + name);
      }
    }
  }
}
