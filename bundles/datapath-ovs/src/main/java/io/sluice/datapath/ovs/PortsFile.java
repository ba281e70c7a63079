package io.sluice.datapath.ovs;

import io.sluice.api.resource.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code ports} file: lines {@code <port name> <namespace>/<pod> <mac>}; empty lines and such
 * that begin with # are left out.
 *
 * @param lines the bindings by interface
 * @param problems lines that make no sense
 */
record PortsFile(Map<String, Line> lines, List<Problem> problems) {
  /** No file. */
  static final PortsFile NONE = new PortsFile(Map.of(), List.of());

  /**
   * A binding.
   *
   * @param namespace the pod's namespace
   * @param pod the pod's name
   * @param mac its MAC address
   */
  record Line(String namespace, String pod, long mac) {}

  /** Copies the collections. */
  PortsFile {
    lines = Map.copyOf(lines);
    problems = List.copyOf(problems);
  }

  /**
   * Reads it.
   *
   * @throws IOException if it can't be read; the bindings known so far should be kept then
   */
  static PortsFile read(Path path) throws IOException {
    Map<String, Line> lines = new HashMap<>();
    List<Problem> problems = new ArrayList<>();
    int number = 0;
    for (String text : Files.readAllLines(path)) {
      number++;
      String line = text.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("\\s+", -1);
      String[] pod = words.length == 3 ? words[1].split("/", -1) : new String[0];
      Optional<Long> mac = words.length == 3 ? Mac.parse(words[2]) : Optional.empty();
      if (pod.length != 2 || mac.isEmpty()) {
        problems.add(
            new Problem(
                path.toString(),
                "",
                "line " + number,
                "'" + line + "' binds nothing",
                "write <port name> <namespace>/<pod> <mac>"));
      } else {
        lines.put(words[0], new Line(pod[0], pod[1], mac.get()));
      }
    }
    return new PortsFile(lines, problems);
  }
}
