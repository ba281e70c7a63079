package io.sluice.datapath.nftables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
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
import io.sluice.kit.Stages;
import io.sluice.lab.Lab;
import io.sluice.lab.Outcome;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import io.sluice.lab.Probe;
import io.sluice.lab.RoutedNode;
import io.sluice.lab.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One pod that hundreds of policies select, each by a selector of its own. */
class ManyPoliciesTest {
  private static final int MANY = 400;
  private static final EndpointId SERVER = new EndpointId("shop", "server", "");
  private static final PolicyRef POLICY = new PolicyRef("NetworkPolicy", "shop", "p");

  private static Rule rule(long id, Action action, int set, int port) {
    boolean isolate = action == Action.ISOLATE;
    return new Rule(
        id,
        Tier.NAMESPACED,
        0,
        Direction.INGRESS,
        action,
        new Subject.Members(set),
        List.of(isolate ? new PeerMatch.Any() : new PeerMatch.Block(Cidr.parse("10.0.0.0/8"))),
        List.of(isolate ? new PortMatch.Any() : new PortMatch.Range(Protocol.TCP, port, port)),
        POLICY,
        isolate ? -1 : 0);
  }

  @Test
  void theFirstAndTheLastOfManyAllowAndTheirRemovalDenies() throws IOException {
    try (Lab lab = Lab.create()) {
      RoutedNode node = lab.routedNode("n1", List.of("192.0.2.1"));
      List<Pod> pods =
          node.addPods(
              List.of(
                  PodSpec.of("shop", "server", "10.0.0.1"),
                  PodSpec.of("shop", "client", "10.0.0.2")));
      try (NftDatapath datapath =
          new NftDatapath(Map.of(), node.namespace().threads("sluice-nftables"))) {
        Stages.get(datapath.snapshot(snapshot()));
        Pod server = pods.getFirst();
        Pod client = pods.getLast();
        for (int port : List.of(1000, 1000 + MANY / 2, 1000 + MANY - 1)) {
          lab.traffic().listen(server, Transport.TCP, port);
          Probe probe = new Probe(client, server.v4(), Transport.TCP, port);
          assertEquals(Outcome.ANSWERED, lab.traffic().probe(probe));
          Stages.get(datapath.apply(without(port, datapath)));
          assertEquals(Outcome.SILENT, lab.traffic().probe(probe));
        }
        assertTrue(datapath.status().problems().isEmpty());
      }
    }
  }

  private static Snapshot snapshot() {
    Map<Integer, Set<EndpointId>> subjects = new HashMap<>();
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      subjects.put(i + 1, Set.of(SERVER));
      rules.add(rule(2L * i + 1, Action.ISOLATE, i + 1, 0));
      rules.add(rule(2L * i + 2, Action.ALLOW, i + 1, 1000 + i));
    }
    return new Snapshot(
        1,
        List.of(new LocalEndpoint(SERVER, Set.of(IpAddress.parse("10.0.0.1")))),
        subjects,
        Map.of(Snapshot.NODE_ADDRESSES, Set.of(IpAddress.parse("192.0.2.1"))),
        rules);
  }

  private static long revision(NftDatapath datapath) {
    String detail = datapath.status().detail();
    return Long.parseLong(detail.substring(detail.lastIndexOf(' ') + 1));
  }

  private static Update without(int port, NftDatapath datapath) {
    long base = revision(datapath);
    return new Update(
        base,
        base + 1,
        List.of(),
        Set.of(),
        List.of(),
        Set.of(),
        List.of(),
        Set.of(),
        List.of(),
        Set.of(2L * (port - 1000) + 2));
  }
}
