package io.sluice.manifests;

import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Endpoint.Lifecycle;
import io.sluice.api.resource.Endpoint.Network;
import io.sluice.api.resource.NamedPort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Projects a Pod, or the pod template of a workload, to an {@link Endpoint}. */
final class PodReader {
  private static final Set<String> FIELDS =
      Set.of("apiVersion", "kind", "metadata", "spec", "status");
  private static final Set<String> PORT_FIELDS =
      Set.of("containerPort", "hostIP", "hostPort", "name", "protocol");

  private final Set<DeclaredPort> declared;

  /**
   * Makes one.
   *
   * @param declared collects the container ports
   */
  PodReader(Set<DeclaredPort> declared) {
    this.declared = declared;
  }

  /** A Pod. */
  Endpoint pod(Metadata metadata, Fields pod, String origin) {
    pod.only(FIELDS);
    Fields status = pod.map("status");
    Instant started = status.time("startTime");
    return endpoint(
        metadata,
        metadata.labels(),
        pod.map("spec"),
        addresses(status, "podIPs", "podIP"),
        addresses(status, "hostIPs", "hostIP"),
        lifecycle(status),
        started == null ? metadata.created() : started,
        origin);
  }

  /** The pods of a workload. */
  Endpoint template(Metadata workload, Fields template, String origin) {
    return endpoint(
        workload,
        MetadataReader.labels(template.map("metadata")),
        template.map("spec"),
        List.of(),
        List.of(),
        Lifecycle.LIVE,
        workload.created(),
        origin);
  }

  private Endpoint endpoint(
      Metadata metadata,
      Map<String, String> labels,
      Fields spec,
      List<IpAddress> addresses,
      List<IpAddress> hostAddresses,
      Lifecycle lifecycle,
      Instant started,
      String origin) {
    return new Endpoint(
        metadata.namespace(),
        metadata.name(),
        metadata.uid(),
        nodeName(spec),
        labels,
        addresses,
        hostAddresses,
        ports(spec),
        spec.flag("hostNetwork") ? Network.HOST : Network.POD,
        lifecycle,
        started,
        origin);
  }

  private static String nodeName(Fields spec) {
    String name = spec.text("nodeName");
    String wrong = name.isEmpty() ? null : Names.subdomain(name);
    if (wrong != null) {
      spec.wrong("nodeName", "'" + Fields.shorten(name) + "' " + wrong, "write a node's name");
    }
    return name;
  }

  private List<NamedPort> ports(Fields spec) {
    List<NamedPort> named = new ArrayList<>();
    for (Fields container : spec.maps("containers")) {
      ports(container, true, named);
    }
    for (Fields container : spec.maps("initContainers")) {
      ports(container, container.text("restartPolicy").equals("Always"), named);
    }
    return named.stream().distinct().toList();
  }

  /** A container's ports; those of an init container that ends before the pod runs do not count. */
  private void ports(Fields container, boolean running, List<NamedPort> named) {
    Set<String> names = new HashSet<>();
    for (Fields port : container.maps("ports")) {
      port.only(PORT_FIELDS);
      int number = port.port("containerPort");
      Optional<Protocol> protocol = protocol(port);
      String name = port.text("name");
      String wrong = name.isEmpty() ? null : Names.portName(name);
      if (wrong != null) {
        port.wrong("name", "'" + Fields.shorten(name) + "': " + wrong, "rename the port");
      } else if (!name.isEmpty() && !names.add(name)) {
        port.wrong("name", "'" + name + "' stands twice in one container", "rename one of them");
      }
      if (running && number != 0 && protocol.isPresent()) {
        declared.add(new DeclaredPort(number, protocol.get()));
        if (!name.isEmpty() && wrong == null) {
          named.add(new NamedPort(protocol.get(), name, number));
        }
      }
    }
  }

  private static Optional<Protocol> protocol(Fields port) {
    String text = port.text("protocol");
    if (text.isEmpty()) {
      return Optional.of(Protocol.TCP);
    }
    Optional<Protocol> protocol = Protocol.named(text);
    if (protocol.isEmpty()) {
      port.wrong(
          "protocol", "'" + Fields.shorten(text) + "' is no protocol", "write TCP, UDP or SCTP");
    }
    return protocol;
  }

  private static Lifecycle lifecycle(Fields status) {
    String phase = status.text("phase");
    return switch (phase) {
      case "Succeeded", "Failed" -> Lifecycle.FINISHED;
      case "", "Pending", "Running", "Unknown" -> Lifecycle.LIVE;
      default -> {
        status.wrong(
            "phase",
            "'" + Fields.shorten(phase) + "' is no phase of a pod",
            "write Pending, Running, Succeeded, Failed or Unknown");
        yield Lifecycle.LIVE;
      }
    };
  }

  /** The addresses of a list such as {@code podIPs}, else the single one. */
  private static List<IpAddress> addresses(Fields status, String list, String single) {
    List<IpAddress> addresses = new ArrayList<>(2);
    List<Fields> entries = status.maps(list);
    for (Fields entry : entries) {
      add(addresses, entry, "ip");
    }
    if (entries.isEmpty()) {
      add(addresses, status, single);
    }
    for (Family family : Family.values()) {
      if (addresses.stream().filter(address -> address.family() == family).count() > 1) {
        status.wrong(
            list,
            "more than one " + (family == Family.IPV4 ? "IPv4" : "IPv6") + " address",
            "keep one address of each family");
      }
    }
    return addresses;
  }

  private static void add(List<IpAddress> addresses, Fields fields, String field) {
    IpAddress address = address(fields, field);
    if (address != null && !addresses.contains(address)) {
      addresses.add(address);
    }
  }

  /** An address, or null if the field is absent or wrong. */
  static @Nullable IpAddress address(Fields fields, String field) {
    String text = fields.text(field);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return IpAddress.parse(text);
    } catch (IllegalArgumentException e) {
      fields.wrong(field, String.valueOf(e.getMessage()), "write one IPv4 or IPv6 address");
      return null;
    }
  }
}
