package io.sluice.example.inventory;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A table, read. */
final class Table {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern LABEL =
      Pattern.compile("([-A-Za-z0-9_.]{1,253}/)?[-A-Za-z0-9_.]{1,63}=[-A-Za-z0-9_.]{0,63}");

  private final String origin;
  private final Map<ResourceKey, Resource> resources = new LinkedHashMap<>();
  private final Set<ResourceKey> refused = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();
  private boolean doubtful;

  private Table(String origin) {
    this.origin = origin;
  }

  /**
   * Reads a table.
   *
   * @param text all of it
   * @param origin where it was read
   * @throws IOException if its last line is missing
   */
  static Table read(String text, String origin) throws IOException {
    Table table = new Table(origin);
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String[] words = line.strip().split("\\s+");
      if (words[0].equals("end")) {
        return table;
      }
      if (!words[0].isEmpty() && !words[0].startsWith("#")) {
        table.line(number, words);
      }
    }
    throw new IOException("the table has no line 'end': it was cut off after line " + number);
  }

  /** What is there and was understood. */
  Map<ResourceKey, Resource> resources() {
    return resources;
  }

  /** Whether an object of this key may exist, though it is not among the resources. */
  boolean mayHold(ResourceKey key) {
    return doubtful || refused.contains(key);
  }

  /** What was refused. */
  List<Problem> problems() {
    return problems;
  }

  private void line(int number, String[] words) {
    String[] name = words.length > 1 ? words[1].split("/", -1) : new String[0];
    boolean inNamespace = words[0].equals("machine") || words[0].equals("closed");
    if ((!inNamespace && !words[0].equals("namespace"))
        || name.length != (inNamespace ? 2 : 1)
        || !List.of(name).stream().allMatch(part -> NAME.matcher(part).matches())) {
      doubtful = true;
      problem(
          number, "", "it can't be told what this line is about; until it can, nothing is deleted");
      return;
    }
    ResourceKey key =
        switch (words[0]) {
          case "namespace" -> Namespace.key(name[0]);
          case "machine" -> new ResourceKey(ResourceKind.POD, name[0], name[1]);
          default -> new ResourceKey(ResourceKind.NETWORK_POLICY, name[0], name[1]);
        };
    try {
      Resource resource =
          switch (words[0]) {
            case "namespace" -> namespace(name[0], words);
            case "machine" -> machine(name[0], name[1], words);
            default -> closed(key, words);
          };
      if (refused.contains(key) || resources.put(key, resource) != null) {
        throw new IllegalArgumentException("another line is about the same object");
      }
    } catch (IllegalArgumentException e) {
      resources.remove(key);
      refused.add(key);
      problem(number, key.toString(), String.valueOf(e.getMessage()));
    }
  }

  private void problem(int number, String object, String message) {
    problems.add(
        new Problem(
            origin,
            object,
            "line " + number,
            message,
            "write 'namespace <name> <label>=<value> ...', 'machine <namespace>/<name>"
                + " <address>,<address> <label>=<value> ...' or 'closed <namespace>/<name>'"));
  }

  private Namespace namespace(String name, String[] words) {
    Map<String, String> labels = labels(words, 2);
    labels.put(Namespace.NAME_LABEL, name);
    return new Namespace(name, labels, origin);
  }

  private Endpoint machine(String namespace, String name, String[] words) {
    if (words.length < 3) {
      throw new IllegalArgumentException("a machine has one address at least");
    }
    List<IpAddress> addresses =
        List.of(words[2].split(",", -1)).stream().map(IpAddress::parse).toList();
    return new Endpoint(
        namespace,
        name,
        "",
        "",
        labels(words, 3),
        addresses,
        List.of(),
        List.of(),
        Endpoint.Network.POD,
        Endpoint.Lifecycle.LIVE,
        Instant.EPOCH,
        origin);
  }

  private ClaimedResource closed(ResourceKey key, String[] words) {
    if (words.length > 2) {
      throw new IllegalArgumentException("nothing follows the name, but " + words[2] + " does");
    }
    Map<String, Object> content =
        Map.of(
            "apiVersion",
            "networking.k8s.io/v1",
            "kind",
            "NetworkPolicy",
            "metadata",
            Map.of("namespace", key.namespace(), "name", key.name()),
            "spec",
            Map.of("podSelector", Map.of(), "policyTypes", List.of("Ingress", "Egress")));
    return new ClaimedResource(key, "v1", "", content, origin);
  }

  private static Map<String, String> labels(String[] words, int from) {
    Map<String, String> labels = new HashMap<>();
    for (int i = from; i < words.length; i++) {
      if (!LABEL.matcher(words[i]).matches()) {
        throw new IllegalArgumentException(words[i] + " is not of the form <label>=<value>");
      }
      int sign = words[i].indexOf('=');
      labels.put(words[i].substring(0, sign), words[i].substring(sign + 1));
    }
    return labels;
  }
}
