package io.sluice.reachability;

import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.policy.Translation;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Node;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.Resource;
import io.sluice.manifests.DeclaredPort;
import io.sluice.manifests.Limits;
import io.sluice.manifests.Manifest;
import io.sluice.manifests.ManifestDirectory;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.ManifestSet;
import io.sluice.manifests.Wanted;
import io.sluice.manifests.Workload;
import io.sluice.translator.networkpolicy.NetworkPolicyTranslator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the manifests hold.
 *
 * @param namespaces the namespaces
 * @param nodes the nodes
 * @param pods the pods
 * @param workloads the workloads
 * @param policies the policies
 * @param ports the container ports that pods and workloads declare
 * @param skipped how many objects of each other kind there were
 * @param problems what is invalid
 * @param warnings what is legal but probably not meant
 */
record Inputs(
    List<Namespace> namespaces,
    List<Node> nodes,
    List<Endpoint> pods,
    List<Workload> workloads,
    List<TranslatedPolicy> policies,
    Set<DeclaredPort> ports,
    Map<String, Integer> skipped,
    List<Problem> problems,
    List<Problem> warnings) {
  private static final NetworkPolicyTranslator TRANSLATOR = new NetworkPolicyTranslator();
  private static final Limits LIMITS = Limits.DEFAULT.withFile(1L << 30, 1_000_000);

  /**
   * Reads manifests.
   *
   * @param paths files and directories; {@code -} is standard input
   * @param standardInput what {@code -} stands for
   */
  static Inputs read(List<String> paths, InputStream standardInput) {
    List<Problem> problems = new ArrayList<>();
    ManifestReader reader = new ManifestReader(LIMITS, new Wanted(TRANSLATOR.kinds(), true));
    List<Manifest> manifests = new ArrayList<>();
    for (String path : paths) {
      try {
        if (path.equals("-")) {
          manifests.add(reader.read(standardInput, "standard input"));
          continue;
        }
        for (Path file : files(Path.of(path), problems)) {
          manifests.add(reader.read(file, file.toString()));
        }
      } catch (IOException e) {
        problems.add(unreadable(path, e));
      }
    }
    return assemble(manifests, problems);
  }

  private static List<Path> files(Path path, List<Problem> problems) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> files = ManifestDirectory.of(path).manifests().stream().map(path::resolve).toList();
    if (files.isEmpty()) {
      problems.add(
          new Problem(
              path.toString(),
              "",
              "",
              "there is no file .yaml, .yml or .json in it",
              "name the directory that holds the manifests; subdirectories are not entered"));
    }
    return files;
  }

  private static Problem unreadable(String path, IOException e) {
    String why =
        e instanceof NoSuchFileException ? "does not exist" : "can't be read: " + e.getMessage();
    return new Problem(path, "", "", why, "name a readable file or directory");
  }

  private static Inputs assemble(List<Manifest> manifests, List<Problem> problems) {
    Set<DeclaredPort> ports = new TreeSet<>();
    Map<String, Integer> skipped = new TreeMap<>();
    for (Manifest manifest : manifests) {
      problems.addAll(manifest.problems());
      ports.addAll(manifest.ports());
      manifest.skipped().forEach((kind, n) -> skipped.merge(kind, n, Integer::sum));
    }
    ManifestSet set = ManifestSet.of(manifests);
    problems.addAll(set.problems());
    List<Workload> workloads = ManifestSet.workloads(manifests, problems);
    List<Namespace> namespaces = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    List<Endpoint> pods = new ArrayList<>();
    List<TranslatedPolicy> policies = new ArrayList<>();
    List<Problem> warnings = new ArrayList<>();
    for (Resource resource : set.resources().values()) {
      switch (resource) {
        case Namespace namespace -> namespaces.add(namespace);
        case Node node -> nodes.add(node);
        case Endpoint pod -> pods.add(pod);
        case ClaimedResource claimed -> {
          switch (TRANSLATOR.translate(claimed)) {
            case Translation.Accepted accepted -> {
              policies.add(accepted.translated());
              warnings.addAll(accepted.warnings());
            }
            case Translation.Rejected rejected -> problems.addAll(rejected.problems());
          }
        }
      }
    }
    return new Inputs(
        namespaces, nodes, pods, workloads, policies, ports, skipped, problems, warnings);
  }
}
