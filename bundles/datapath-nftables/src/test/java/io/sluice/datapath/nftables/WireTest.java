package io.sluice.datapath.nftables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.SetDelta;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Subject;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.Cidr;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import io.sluice.datapath.nftables.netlink.Rules;
import io.sluice.datapath.nftables.nft.LibNftables;
import io.sluice.datapath.nftables.nft.NftException;
import io.sluice.datapath.nftables.nft.Nftables;
import io.sluice.datapath.nftables.wire.WireNftables;
import io.sluice.lab.Lab;
import io.sluice.lab.RoutedNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What is written to the kernel directly is what libnftables writes: all that the compiler can say,
 * said once through each, is listed as the same.
 */
class WireTest {
  private static final PolicyRef POLICY = new PolicyRef("NetworkPolicy", "shop", "p");
  private static final EndpointId WEB = new EndpointId("shop", "web", "");
  private static final EndpointId DB = new EndpointId("shop", "db", "");
  private static final int MANY = 10_000;

  /** Runs nothing: whoever needs it has not understood a command. */
  private static final class Nobody implements Nftables {
    @Override
    public String run(String commands) {
      throw new AssertionError("not understood: " + commands);
    }

    @Override
    public String description() {
      return "nobody";
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  private static Rule rule(
      long id,
      Tier tier,
      Direction direction,
      Action action,
      Subject subject,
      List<PeerMatch> peers,
      List<PortMatch.Resolved> services) {
    return new Rule(id, tier, 0, direction, action, subject, peers, services, POLICY, 0);
  }

  private static PeerMatch block(String cidr) {
    return new PeerMatch.Block(Cidr.parse(cidr));
  }

  private static PortMatch.Resolved ports(Protocol protocol, int first, int last) {
    return new PortMatch.Range(protocol, first, last);
  }

  /** Each kind of rule, peer and service. */
  private static List<Rule> rules() {
    List<PortMatch.Resolved> any = List.of(new PortMatch.Any());
    List<List<PortMatch.Resolved>> services =
        List.of(
            any,
            List.of(PortMatch.Range.all(Protocol.SCTP)),
            List.of(ports(Protocol.TCP, 80, 80), ports(Protocol.UDP, 53, 60)),
            List.of(
                ports(Protocol.TCP, 1, 9),
                ports(Protocol.TCP, 11, 11),
                ports(Protocol.TCP, 13, 65535)));
    List<List<PeerMatch>> peers =
        List.of(
            List.of(new PeerMatch.Any()),
            List.of(new PeerMatch.Addresses(1), new PeerMatch.Addresses(2)),
            List.of(block("10.0.0.0/9"), block("fd00::/11")),
            List.of(block("0.0.0.0/0"), block("::/0")),
            List.of(block("192.0.2.7/32"), block("fd00::7/128")),
            List.of(
                block("0.0.0.0/5"),
                block("10.0.0.0/24"),
                block("10.0.1.0/24"),
                block("192.0.2.7/32"),
                block("224.0.0.0/3"),
                block("fd00::/16"),
                block("ff00::/8")),
            List.of(new PeerMatch.Self()));
    Subject everybody = new Subject.EveryEndpoint();
    List<Rule> rules = new ArrayList<>();
    long id = 1;
    for (Direction direction : Direction.values()) {
      rules.add(
          rule(
              id++,
              Tier.SYSTEM,
              direction,
              Action.DENY,
              new Subject.UnknownPorts(),
              List.of(new PeerMatch.Any()),
              any));
      rules.add(
          rule(
              id++,
              Tier.SYSTEM,
              direction,
              Action.ALLOW,
              everybody,
              List.of(new PeerMatch.Self()),
              any));
      for (Tier tier : List.of(Tier.ADMIN, Tier.NAMESPACED, Tier.BASELINE)) {
        List<Action> actions =
            tier == Tier.NAMESPACED
                ? List.of(Action.ALLOW)
                : tier == Tier.ADMIN
                    ? List.of(Action.ALLOW, Action.DENY, Action.PASS)
                    : List.of(Action.ALLOW, Action.DENY);
        for (Action action : actions) {
          for (List<PeerMatch> from : peers) {
            for (List<PortMatch.Resolved> service : services) {
              rules.add(rule(id++, tier, direction, action, new Subject.Members(1), from, service));
            }
          }
        }
      }
      rules.add(
          rule(
              id++,
              Tier.NAMESPACED,
              direction,
              Action.ISOLATE,
              new Subject.Members(1),
              List.of(new PeerMatch.Any()),
              any));
    }
    rules.add(
        rule(
            id,
            Tier.SYSTEM,
            Direction.INGRESS,
            Action.ALLOW,
            everybody,
            List.of(new PeerMatch.OwnNode()),
            any));
    return rules;
  }

  private static Snapshot snapshot() {
    Set<IpAddress> many = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      many.add(IpAddress.v4(0x0a100000 + i));
    }
    many.add(IpAddress.parse("fd00::99"));
    return new Snapshot(
        1,
        List.of(
            new LocalEndpoint(
                WEB,
                Set.of(
                    IpAddress.parse("10.0.0.1"),
                    IpAddress.parse("fd00::1"),
                    IpAddress.parse("fd00::11"))),
            new LocalEndpoint(DB, Set.of(IpAddress.parse("10.0.0.2")))),
        Map.of(1, Set.of(WEB, DB)),
        Map.of(
            Snapshot.NODE_ADDRESSES,
            Set.of(),
            1,
            Set.copyOf(many),
            2,
            Set.of(IpAddress.parse("10.9.0.1"))),
        rules());
  }

  private static Bound bound(String web) {
    return new Bound(
        Map.of(
            web,
            Set.of(IpAddress.parse("10.0.0.1"), IpAddress.parse("fd00::1")),
            "cali2",
            Set.of(IpAddress.parse("10.0.0.2"))));
  }

  /** A table, what changes in it, and another in its place. */
  private static List<String> transactions(Map<String, String> keys, List<String> there)
      throws Exception {
    Settings settings = Settings.of(new Keys(keys));
    Compiler compiler = Compiler.of(settings, new Names(1), snapshot(), bound("cali1"));
    List<String> all = new ArrayList<>();
    all.add(compiler.ruleset().replacement(there));
    List<Rule> rules = rules();
    Set<Long> removed = new HashSet<>();
    rules.stream().map(Rule::id).filter(id -> id % 3 == 0).forEach(removed::add);
    compiler.apply(
        new Update(
            1,
            2,
            List.of(
                new LocalEndpoint(
                    WEB, Set.of(IpAddress.parse("10.0.0.3"), IpAddress.parse("fd00::1")))),
            Set.of(DB),
            List.of(new SetDelta<>(1, Set.of(), Set.of(DB))),
            Set.of(),
            List.of(
                new SetDelta<>(
                    1,
                    Set.of(IpAddress.parse("10.9.0.2"), IpAddress.parse("fd00::98")),
                    Set.of(IpAddress.v4(0x0a100000), IpAddress.v4(0x0a100001)))),
            Set.of(),
            List.of(),
            removed));
    compiler.bind(bound("cali3"));
    all.addAll(compiler.ruleset().takeChanges());
    assertTrue(all.size() > 2, "what widens goes by itself");
    return all;
  }

  private interface Opening {
    Nftables open() throws IOException;
  }

  /** What is listed after each transaction. */
  private static List<String> pictures(RoutedNode node, List<String> transactions, Opening opening)
      throws IOException {
    List<String> pictures = new ArrayList<>();
    try (Nftables nft = node.namespace().call(opening::open)) {
      for (String transaction : transactions) {
        node.namespace().call(() -> nft.run(transaction));
        pictures.add(node.nft("list", "table", "inet", "sluice"));
      }
      node.namespace().call(() -> nft.run("delete table inet sluice\n"));
    }
    return pictures;
  }

  @Test
  void theKernelHoldsTheSameWhoeverWrites() throws Exception {
    try (Lab lab = Lab.create()) {
      RoutedNode node = lab.routedNode("n1", List.of("192.0.2.1"));
      for (Map<String, String> keys :
          List.of(
              Map.<String, String>of(),
              Map.of(
                  "deny", "reject",
                  "pickup", "allow",
                  "established", "keep",
                  "podInterfaces", "cali*,eth7",
                  "podRanges", "10.0.0.0/16,fd00::/64",
                  "logGroup", "0"))) {
        List<String> transactions = transactions(keys, List.of());
        List<String> wanted = pictures(node, transactions, LibNftables::open);
        try (Rules rules = node.namespace().call(Rules::new)) {
          List<String> found =
              pictures(node, transactions, () -> new WireNftables(rules, new Nobody()));
          for (int i = 0; i < wanted.size(); i++) {
            assertEquals(wanted.get(i), found.get(i), "transaction " + i + " with " + keys);
          }
          assertTrue(wanted.getFirst().contains("cali1"), "a test of nothing");
        }
      }
    }
  }

  @Test
  void whatIsRefusedIsNamedAndChangesNothing() throws Exception {
    try (Lab lab = Lab.create()) {
      RoutedNode node = lab.routedNode("n1", List.of("192.0.2.1"));
      try (Rules rules = node.namespace().call(Rules::new);
          Nftables nft = new WireNftables(rules, new Nobody())) {
        NftException refused =
            assertThrows(
                NftException.class,
                () ->
                    nft.run(
                        """
                        add table inet sluice
                        add chain inet sluice a
                        add rule inet sluice a goto nowhere
                        add counter inet sluice c
                        """));
        assertEquals("add rule a: No such file or directory", refused.getMessage());
        assertEquals("", node.nft("list", "ruleset"));
      }
    }
  }
}
