package io.sluice.policies.mvstore;

import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.NamedPort;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Node;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Resources as bytes, field by field in the order of the records, behind a tag for the type. */
final class ResourceCodec {
  private static final int NAMESPACE = 1;
  private static final int NODE = 2;
  private static final int ENDPOINT = 3;
  private static final int CLAIMED = 4;

  private static final int HOST = 1;
  private static final int FINISHED = 2;

  private ResourceCodec() {}

  /** The key under which an object lies in the file: kinds together, then namespaces. */
  static byte[] key(ResourceKey key) {
    return String.join("\0", key.kind().group(), key.kind().kind(), key.namespace(), key.name())
        .getBytes(StandardCharsets.UTF_8);
  }

  static void write(ByteSink sink, Resource resource) {
    switch (resource) {
      case Namespace namespace -> {
        sink.raw(NAMESPACE);
        sink.text(namespace.name());
        labels(sink, namespace.labels());
        sink.text(namespace.origin());
      }
      case Node node -> {
        sink.raw(NODE);
        sink.text(node.name());
        labels(sink, node.labels());
        addresses(sink, node.addresses());
        sink.text(node.origin());
      }
      case Endpoint endpoint -> {
        sink.raw(ENDPOINT);
        write(sink, endpoint);
      }
      case ClaimedResource claimed -> {
        sink.raw(CLAIMED);
        ResourceKey key = claimed.key();
        sink.text(key.kind().group());
        sink.text(key.kind().kind());
        sink.text(key.namespace());
        sink.text(key.name());
        sink.text(claimed.version());
        sink.text(claimed.uid());
        TreeCodec.write(sink, claimed.content());
        sink.text(claimed.origin());
      }
    }
  }

  private static void write(ByteSink sink, Endpoint endpoint) {
    sink.text(endpoint.namespace());
    sink.text(endpoint.name());
    sink.text(endpoint.uid());
    sink.text(endpoint.nodeName());
    labels(sink, endpoint.labels());
    addresses(sink, endpoint.addresses());
    addresses(sink, endpoint.hostAddresses());
    sink.number(endpoint.ports().size());
    for (NamedPort port : endpoint.ports()) {
      sink.text(port.protocol().name());
      sink.text(port.name());
      sink.number(port.number());
    }
    sink.raw(
        (endpoint.network() == Endpoint.Network.HOST ? HOST : 0)
            | (endpoint.lifecycle() == Endpoint.Lifecycle.FINISHED ? FINISHED : 0));
    instant(sink, endpoint.started());
    sink.text(endpoint.origin());
  }

  static Resource read(ByteSource source) {
    int tag = source.raw();
    return switch (tag) {
      case NAMESPACE -> new Namespace(source.shared(), labels(source), source.shared());
      case NODE -> new Node(source.shared(), labels(source), addresses(source), source.shared());
      case ENDPOINT -> endpoint(source);
      case CLAIMED ->
          new ClaimedResource(
              new ResourceKey(
                  new ResourceKind(source.shared(), source.shared()),
                  source.shared(),
                  source.text()),
              source.shared(),
              source.text(),
              TreeCodec.map(source),
              source.shared());
      default -> throw new DamagedException("no resource has the tag " + tag);
    };
  }

  private static Endpoint endpoint(ByteSource source) {
    String namespace = source.shared();
    String name = source.text();
    String uid = source.text();
    String node = source.shared();
    Map<String, String> labels = labels(source);
    List<IpAddress> addresses = addresses(source);
    List<IpAddress> hostAddresses = addresses(source);
    int size = source.count();
    List<NamedPort> ports = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      ports.add(
          new NamedPort(Protocol.valueOf(source.shared()), source.shared(), (int) source.number()));
    }
    int flags = source.raw();
    return new Endpoint(
        namespace,
        name,
        uid,
        node,
        labels,
        addresses,
        hostAddresses,
        ports,
        (flags & HOST) == 0 ? Endpoint.Network.POD : Endpoint.Network.HOST,
        (flags & FINISHED) == 0 ? Endpoint.Lifecycle.LIVE : Endpoint.Lifecycle.FINISHED,
        instant(source),
        source.shared());
  }

  private static void labels(ByteSink sink, Map<String, String> labels) {
    sink.number(labels.size());
    labels.forEach(
        (key, value) -> {
          sink.text(key);
          sink.text(value);
        });
  }

  private static Map<String, String> labels(ByteSource source) {
    int size = source.count();
    Map<String, String> labels = LinkedHashMap.newLinkedHashMap(size);
    for (int i = 0; i < size; i++) {
      labels.put(source.shared(), source.shared());
    }
    return labels;
  }

  private static void addresses(ByteSink sink, List<IpAddress> addresses) {
    sink.number(addresses.size());
    addresses.forEach(address -> sink.block(address.bytes()));
  }

  private static List<IpAddress> addresses(ByteSource source) {
    int size = source.count();
    List<IpAddress> addresses = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      addresses.add(IpAddress.of(source.block()));
    }
    return addresses;
  }

  static void instant(ByteSink sink, Instant instant) {
    sink.signed(instant.getEpochSecond());
    sink.number(instant.getNano());
  }

  static Instant instant(ByteSource source) {
    return Instant.ofEpochSecond(source.signed(), source.number());
  }
}
