package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.datapath.Datapath;
import io.sluice.datapath.nftables.NftDatapath;
import io.sluice.lab.Host;
import io.sluice.lab.Mac;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import io.sluice.lab.RoutedNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A node that routes its pods' packets, through nftables. */
record RouterStage(RoutedNode node) implements Stage {
  @Override
  public Host host() {
    return node;
  }

  @Override
  public List<Pod> addPods(List<PodSpec> specs) throws IOException {
    return node.addPods(specs);
  }

  @Override
  public Pod addOutsider(String name, String... addresses) throws IOException {
    return node.addOutsider(name, addresses);
  }

  /** Between two pods there is only the node's routing, so there is no way past its filter. */
  @Override
  public void test(Pod from) throws IOException {
    assertEquals("", node.nft("list", "ruleset"), "the node is not new");
  }

  @Override
  public void clear() {
    // the test has left nothing
  }

  @Override
  public Datapath begin(Map<String, String> options, Pod outside) {
    return new NftDatapath(Map.copyOf(options), node.namespace().threads("sluice-nftables"));
  }

  @Override
  public void configure(Datapath datapath, Map<String, String> options, Pod outside) {
    ((NftDatapath) datapath).modified(Map.copyOf(options));
  }

  @Override
  public void end(Datapath datapath) {
    ((NftDatapath) datapath).close();
  }

  @Override
  public Mac nextHop(Pod from, Pod to) throws IOException {
    return node.gateway(from);
  }

  @Override
  public void flushConnections() throws IOException {
    node.flushConnections();
  }
}
