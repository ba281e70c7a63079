package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.datapath.Datapath;
import io.sluice.datapath.ovs.OvsDatapath;
import io.sluice.lab.Host;
import io.sluice.lab.Mac;
import io.sluice.lab.Node;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import io.sluice.lab.SelfTest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node whose pods are on a bridge of Open vSwitch. */
record SwitchStage(Node node) implements Stage {
  private static final int ZONE = 2777;

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

  @Override
  public void test(Pod from) throws IOException {
    node.replaceFlows("priority=0,actions=drop\n");
    assertEquals(List.of(), SelfTest.leaks(node, from, node), "the laboratory leaks");
  }

  @Override
  public void clear() throws IOException {
    node.ofctl("del-flows");
  }

  private Map<String, Object> keys(Map<String, String> options, Pod outside) {
    Map<String, Object> keys = new HashMap<>();
    keys.put("bridge", Node.BRIDGE);
    keys.put("socketDirectory", node.socketDirectory().toString());
    keys.put("manageBridge", "true");
    keys.put("uplinkPorts", outside.port());
    keys.put("zone", Integer.toString(ZONE));
    keys.putAll(options);
    return keys;
  }

  @Override
  public Datapath begin(Map<String, String> options, Pod outside) {
    return new OvsDatapath(keys(options, outside));
  }

  @Override
  public void configure(Datapath datapath, Map<String, String> options, Pod outside) {
    ((OvsDatapath) datapath).modified(keys(options, outside));
  }

  @Override
  public void end(Datapath datapath) {
    ((OvsDatapath) datapath).close();
  }

  @Override
  public Mac nextHop(Pod from, Pod to) {
    return to.mac();
  }

  @Override
  public void flushConnections() throws IOException {
    node.appctl("dpctl/flush-conntrack", "zone=" + ZONE);
  }
}
