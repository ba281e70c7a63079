package io.sluice.drill;

import io.sluice.lab.NetworkNamespace;
import io.sluice.lab.Node;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A node whose pods are on a bridge of Open vSwitch. */
record SwitchGround(Node node) implements Ground {
  @Override
  public NetworkNamespace namespace() {
    return node.namespace();
  }

  @Override
  public Path folder(String name) {
    return node.socketDirectory().resolveSibling(name);
  }

  @Override
  public List<Pod> addPods(List<PodSpec> specs) throws IOException {
    return node.addPods(specs);
  }

  @Override
  public void remove(Pod pod) throws IOException {
    node.remove(pod);
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "io.sluice.engine",
        "datapath = ovs\n",
        "io.sluice.datapath.ovs",
        "bridge = "
            + Node.BRIDGE
            + "\nsocketDirectory = "
            + node.socketDirectory()
            + "\nmanageBridge = true\n");
  }

  @Override
  public String bundle() {
    return "io.sluice.datapath.ovs";
  }
}
