package io.sluice.manifests;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Node;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells what an object is, checks it and projects it. */
final class ObjectReader {
  private final Wanted wanted;
  private final String origin;
  private final PodReader pods;

  /**
   * Makes one for a file.
   *
   * @param wanted what to read
   * @param origin the file
   * @param declared collects the container ports of pods and workloads
   */
  ObjectReader(Wanted wanted, String origin, Set<DeclaredPort> declared) {
    this.wanted = wanted;
    this.origin = origin;
    this.pods = new PodReader(declared);
  }

  /**
   * Reads an object.
   *
   * @param tree the object
   * @param place the file, and where in it
   */
  Outcome read(Map<String, Object> tree, String place) {
    Findings findings = new Findings(place);
    Fields object = new Fields(tree, "", findings);
    TypeMeta type = TypeMeta.read(object, findings);
    if (!findings.isEmpty()) {
      return new Outcome.Refused(Optional.empty(), findings.problems());
    }
    ResourceKind kind = type.kind();
    Optional<WorkloadKind> workload = wanted.workloads() ? WorkloadKind.of(kind) : Optional.empty();
    boolean known = isCore(kind) || wanted.claimed().contains(kind) || workload.isPresent();
    if (!known) {
      return skip(type, findings);
    }
    if (isCore(kind) || workload.isPresent()) {
      type.requireVersion("v1", object);
    }
    Metadata metadata = MetadataReader.read(kind, object, findings);
    Outcome outcome =
        workload.isPresent()
            ? new Outcome.Template(
                new Workload(
                    kind.kind(), pods.template(metadata, workload.get().template(object), origin)))
            : new Outcome.Kept(project(type, metadata, object, tree));
    if (findings.isEmpty()) {
      return outcome;
    }
    return new Outcome.Refused(
        metadata.name().isEmpty() || workload.isPresent()
            ? Optional.empty()
            : Optional.of(metadata.key()),
        findings.problems());
  }

  private static boolean isCore(ResourceKind kind) {
    return kind.equals(ResourceKind.POD)
        || kind.equals(ResourceKind.NAMESPACE)
        || kind.equals(ResourceKind.NODE);
  }

  /**
   * Skips an object, unless it is one of our kinds in a group that Kubernetes never had it in or
   * has given up: left out silently, a misspelled policy would protect nobody.
   */
  private Outcome skip(TypeMeta type, Findings findings) {
    Optional<ResourceKind> meant =
        java.util.stream.Stream.concat(
                wanted.claimed().stream(),
                java.util.stream.Stream.of(
                    ResourceKind.POD, ResourceKind.NAMESPACE, ResourceKind.NODE))
            .filter(kind -> kind.kind().equals(type.kind().kind()))
            .findFirst();
    String group = type.kind().group();
    boolean foreign = group.contains(".") && !group.endsWith(".k8s.io");
    if (meant.isEmpty() || foreign) {
      return new Outcome.Skipped(type.kind().toString());
    }
    findings.name(type.kind().kind());
    findings.add(
        "apiVersion",
        "there is no " + type.kind().kind() + " in '" + type.apiVersion() + "'",
        "write " + (meant.get().group().isEmpty() ? "v1" : meant.get().group() + "/v1"));
    return new Outcome.Refused(Optional.empty(), findings.problems());
  }

  private Resource project(
      TypeMeta type, Metadata metadata, Fields object, Map<String, Object> tree) {
    ResourceKind kind = metadata.kind();
    if (kind.equals(ResourceKind.POD)) {
      return pods.pod(metadata, object, origin);
    }
    if (kind.equals(ResourceKind.NAMESPACE)) {
      return namespace(metadata, object);
    }
    if (kind.equals(ResourceKind.NODE)) {
      return new Node(metadata.name(), metadata.labels(), nodeAddresses(object), origin);
    }
    return new ClaimedResource(metadata.key(), type.version(), metadata.uid(), tree, origin);
  }

  private Resource namespace(Metadata metadata, Fields object) {
    String present = metadata.labels().get(Namespace.NAME_LABEL);
    if (present != null && !present.equals(metadata.name())) {
      object
          .map("metadata")
          .wrong(
              "labels[" + Namespace.NAME_LABEL + "]",
              "is '" + Fields.shorten(present) + "', but the API server sets it to the name",
              "leave the label out, or write " + metadata.name());
    }
    Map<String, String> labels = new HashMap<>(metadata.labels());
    labels.put(Namespace.NAME_LABEL, metadata.name());
    return new Namespace(metadata.name(), labels, origin);
  }

  private static List<IpAddress> nodeAddresses(Fields node) {
    List<IpAddress> addresses = new ArrayList<>();
    for (Fields entry : node.map("status").maps("addresses")) {
      String type = entry.text("type");
      IpAddress address = null;
      if (type.equals("InternalIP") || type.equals("ExternalIP")) {
        address = PodReader.address(entry, "address");
      } else if (looksLikeAddress(entry.text("address"))) {
        address = IpAddress.parse(entry.text("address"));
      }
      if (address != null && !addresses.contains(address)) {
        addresses.add(address);
      }
    }
    return addresses;
  }

  /** A Hostname may be an address as well; most are not. */
  private static boolean looksLikeAddress(String text) {
    try {
      IpAddress.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
