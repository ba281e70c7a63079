package io.sluice.drill;

import io.sluice.lab.NetworkNamespace;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import io.sluice.lab.RoutedNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A node that routes its pods' packets, through nftables. */
record RouterGround(RoutedNode node) implements Ground {
  @Override
  public NetworkNamespace namespace() {
    return node.namespace();
  }

  @Override
  public Path folder(String name) {
    return node.directory().resolve(name);
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
        "datapath = nftables\n",
        "io.sluice.datapath.nftables",
        "podRanges = 10.244.0.0/16, fd00:244::/64\n");
  }

  @Override
  public String bundle() {
    return "io.sluice.datapath.nftables";
  }
}
