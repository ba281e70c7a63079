package io.sluice.example.directory;

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
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.Stored;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A batch as bytes, field by field. */
final class BatchCodec {
  private BatchCodec() {}

  static byte[] encode(StoreBatch batch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(batch.epoch());
    out.writeLong(batch.sequence());
    write(out, batch.asOf());
    out.writeBoolean(batch.complete());
    write(out, batch.changes(), BatchCodec::write);
    return bytes.toByteArray();
  }

  static StoreBatch decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    long epoch = in.readLong();
    long sequence = in.readLong();
    Instant asOf = instant(in);
    boolean complete = in.readBoolean();
    return new StoreBatch(epoch, sequence, asOf, list(in, BatchCodec::change), complete);
  }

  private interface Writer<T> {
    void write(DataOutputStream out, T value) throws IOException;
  }

  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  private static <T> void write(DataOutputStream out, Collection<T> values, Writer<T> writer)
      throws IOException {
    out.writeInt(values.size());
    for (T value : values) {
      writer.write(out, value);
    }
  }

  private static <T> List<T> list(DataInputStream in, Reader<T> reader) throws IOException {
    List<T> values = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      values.add(reader.read(in));
    }
    return values;
  }

  private static void write(DataOutputStream out, StoreChange change) throws IOException {
    switch (change) {
      case StoreChange.Put(Stored(Resource resource, List<String> sources)) -> {
        out.writeBoolean(true);
        write(out, resource);
        write(out, sources, DataOutputStream::writeUTF);
      }
      case StoreChange.Delete(ResourceKey key) -> {
        out.writeBoolean(false);
        out.writeUTF(key.kind().group());
        out.writeUTF(key.kind().kind());
        out.writeUTF(key.namespace());
        out.writeUTF(key.name());
      }
    }
  }

  private static StoreChange change(DataInputStream in) throws IOException {
    return in.readBoolean()
        ? new StoreChange.Put(new Stored(resource(in), list(in, source -> source.readUTF())))
        : new StoreChange.Delete(
            new ResourceKey(
                new ResourceKind(in.readUTF(), in.readUTF()), in.readUTF(), in.readUTF()));
  }

  private static void write(DataOutputStream out, Resource resource) throws IOException {
    switch (resource) {
      case Namespace namespace -> {
        out.writeByte('N');
        out.writeUTF(namespace.name());
        write(out, namespace.labels());
      }
      case Node node -> {
        out.writeByte('H');
        out.writeUTF(node.name());
        write(out, node.labels());
        write(out, node.addresses(), BatchCodec::write);
      }
      case Endpoint endpoint -> {
        out.writeByte('E');
        out.writeUTF(endpoint.namespace());
        out.writeUTF(endpoint.name());
        out.writeUTF(endpoint.uid());
        out.writeUTF(endpoint.nodeName());
        write(out, endpoint.labels());
        write(out, endpoint.addresses(), BatchCodec::write);
        write(out, endpoint.hostAddresses(), BatchCodec::write);
        write(out, endpoint.ports(), BatchCodec::write);
        out.writeUTF(endpoint.network().name());
        out.writeUTF(endpoint.lifecycle().name());
        write(out, endpoint.started());
      }
      case ClaimedResource claimed ->
          throw new IllegalArgumentException("no label store holds " + claimed.key());
    }
    out.writeUTF(resource.origin());
  }

  private static Resource resource(DataInputStream in) throws IOException {
    byte tag = in.readByte();
    return switch (tag) {
      case 'N' -> new Namespace(in.readUTF(), labels(in), in.readUTF());
      case 'H' -> new Node(in.readUTF(), labels(in), list(in, BatchCodec::address), in.readUTF());
      case 'E' ->
          new Endpoint(
              in.readUTF(),
              in.readUTF(),
              in.readUTF(),
              in.readUTF(),
              labels(in),
              list(in, BatchCodec::address),
              list(in, BatchCodec::address),
              list(in, BatchCodec::port),
              Endpoint.Network.valueOf(in.readUTF()),
              Endpoint.Lifecycle.valueOf(in.readUTF()),
              instant(in),
              in.readUTF());
      default -> throw new IOException("no resource has the tag " + tag);
    };
  }

  private static void write(DataOutputStream out, Map<String, String> labels) throws IOException {
    out.writeInt(labels.size());
    for (Map.Entry<String, String> label : labels.entrySet()) {
      out.writeUTF(label.getKey());
      out.writeUTF(label.getValue());
    }
  }

  private static Map<String, String> labels(DataInputStream in) throws IOException {
    Map<String, String> labels = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      labels.put(in.readUTF(), in.readUTF());
    }
    return labels;
  }

  private static void write(DataOutputStream out, IpAddress address) throws IOException {
    out.writeUTF(address.toString());
  }

  private static IpAddress address(DataInputStream in) throws IOException {
    return IpAddress.parse(in.readUTF());
  }

  private static void write(DataOutputStream out, NamedPort port) throws IOException {
    out.writeUTF(port.protocol().name());
    out.writeUTF(port.name());
    out.writeInt(port.number());
  }

  private static NamedPort port(DataInputStream in) throws IOException {
    return new NamedPort(Protocol.valueOf(in.readUTF()), in.readUTF(), in.readInt());
  }

  private static void write(DataOutputStream out, Instant instant) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  private static Instant instant(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }
}
