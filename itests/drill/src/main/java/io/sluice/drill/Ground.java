package io.sluice.drill;

import io.sluice.lab.NetworkNamespace;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The node that the drill is held on, with the means of its backend. */
interface Ground {
  NetworkNamespace namespace();

  /** Where a folder of this name belongs that goes with the node. */
  Path folder(String name);

  List<Pod> addPods(List<PodSpec> specs) throws IOException;

  void remove(Pod pod) throws IOException;

  /** The agent's configuration of engine and datapath, by pid. */
  Map<String, String> settings();

  /** The symbolic name of the datapath's bundle. */
  String bundle();
}
