package io.sluice.manifests;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.NamedPort;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an API server sends about one kind: lists, and the events of watches. Each object is
 * projected while it is parsed and handed on before the next one is read.
 *
 * <p>What an object holds besides what is needed is skipped unseen, so that a field of a later
 * version of Kubernetes disturbs nobody. Equal labels, ports and addresses of different pods are
 * one object. Not thread-safe.
 */
public final class ApiReader {
  private static final String METADATA = "metadata";
  private static final String VERSION = "resourceVersion";

  private final ResourceKind kind;
  private final String apiVersion;
  private final String origin;
  private final Projection projection;
  private final ObjectReader objects;
  private final Set<DeclaredPort> declared = new HashSet<>();
  private final JsonProjector projector = new JsonProjector();
  private final JsonFactory json;
  private final Shared<Map<String, String>> labels = new Shared<>(4096);
  private final Shared<List<IpAddress>> hosts = new Shared<>(1024);
  private final Shared<List<NamedPort>> ports = new Shared<>(1024);

  /**
   * Makes one.
   *
   * @param kind the kind
   * @param version its version, for example {@code v1}
   * @param origin the server, for messages
   */
  public ApiReader(ResourceKind kind, String version, String origin) {
    this.kind = kind;
    this.origin = origin;
    apiVersion = kind.group().isEmpty() ? version : kind.group() + "/" + version;
    projection = Projection.of(kind);
    objects = new ObjectReader(new Wanted(Set.of(kind), false), origin, declared);
    json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(Limits.DEFAULT.depth())
                    .maxStringLength(Limits.DEFAULT.objectChars())
                    .maxNameLength(Limits.DEFAULT.objectChars())
                    .build())
            .build();
  }

  /**
   * Reads a list, or a page of one.
   *
   * @param in the answer's body
   * @param sink takes each object
   * @throws IOException if the answer breaks off or is none; what was handed on is true all the
   *     same
   */
  public ApiListEnd list(InputStream in, Consumer<ApiItem> sink) throws IOException {
    try (JsonParser parser = json.createParser(in)) {
      require(parser, parser.nextToken(), JsonToken.START_OBJECT);
      Map<String, Object> head = Map.of();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("items") && value == JsonToken.START_ARRAY) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            sink.accept(read(projector.map(parser, projection)));
          }
          require(parser, parser.currentToken(), JsonToken.END_ARRAY);
        } else if (name.equals(METADATA) && value == JsonToken.START_OBJECT) {
          head = projector.map(parser, Projection.ALL);
        } else {
          parser.skipChildren();
        }
      }
      require(parser, parser.currentToken(), JsonToken.END_OBJECT);
      String version = text(head, VERSION);
      if (version.isEmpty()) {
        throw new IOException("the answer is no list: it has no metadata.resourceVersion");
      }
      return new ApiListEnd(version, text(head, "continue"));
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  /** Reads the events of a watch, one call each. */
  public final class Watch implements AutoCloseable {
    private final JsonParser parser;

    private Watch(JsonParser parser) {
      this.parser = parser;
    }

    /** The next event; nothing at the end of the stream. */
    public Optional<ApiEvent> next() throws IOException {
      try {
        JsonToken token = parser.nextToken();
        if (token == null) {
          return Optional.empty();
        }
        require(parser, token, JsonToken.START_OBJECT);
        return Optional.of(event(parser));
      } catch (JsonEOFException e) {
        return Optional.empty(); // A connection that was cut in the middle of a line.
      } catch (JsonProcessingException e) {
        throw malformed(e);
      }
    }

    @Override
    public void close() throws IOException {
      parser.close();
    }
  }

  /**
   * Begins to read a watch; nothing is read before its first event is asked for.
   *
   * @param in the answer's body
   */
  public Watch watch(InputStream in) throws IOException {
    // From a Reader: out of a stream the parser would read at once, to tell the encoding.
    return new Watch(json.createParser(new InputStreamReader(in, StandardCharsets.UTF_8)));
  }

  private ApiEvent event(JsonParser parser) throws IOException {
    String type = "";
    ApiEvent event = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("type") && value == JsonToken.VALUE_STRING) {
        type = parser.getText();
      } else if (name.equals("object") && value == JsonToken.START_OBJECT) {
        event = event(type, parser);
      } else {
        parser.skipChildren();
      }
    }
    if (event == null) {
      throw new IOException("the watch sent an event without object");
    }
    return event;
  }

  private ApiEvent event(String type, JsonParser parser) throws IOException {
    return switch (type) {
      case "ADDED", "MODIFIED" -> {
        Map<String, Object> tree = projector.map(parser, projection);
        yield new ApiEvent.Changed(read(tree), version(tree));
      }
      case "DELETED" -> {
        Map<String, Object> tree = projector.map(parser, Projection.KEY);
        yield new ApiEvent.Deleted(key(tree), version(tree));
      }
      case "BOOKMARK" -> new ApiEvent.Bookmark(version(projector.map(parser, Projection.KEY)));
      case "ERROR" -> {
        Map<String, Object> status = projector.map(parser, Projection.STATUS);
        int code = status.get("code") instanceof Long number ? number.intValue() : 0;
        yield new ApiEvent.Failed(code, text(status, "reason") + " " + text(status, "message"));
      }
      default -> throw new IOException("the watch sent an event of unknown type '" + type + "'");
    };
  }

  /** Reads one object: a tree that may still hold the server's bookkeeping. */
  private ApiItem read(Map<String, Object> tree) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", apiVersion);
    object.put("kind", kind.kind());
    object.putAll(tree);
    if (tree.get(METADATA) instanceof Map<?, ?> metadata && metadata.containsKey(VERSION)) {
      // It changes with every write, also where nothing else does.
      Map<Object, Object> kept = new LinkedHashMap<>(metadata);
      kept.remove(VERSION);
      object.put(METADATA, java.util.Collections.unmodifiableMap(kept));
    }
    Outcome outcome = objects.read(java.util.Collections.unmodifiableMap(object), origin);
    declared.clear();
    return switch (outcome) {
      case Outcome.Kept(Endpoint pod) -> new ApiItem.Read(shared(pod));
      case Outcome.Kept kept -> new ApiItem.Read(kept.resource());
      case Outcome.Refused refused -> new ApiItem.Refused(refused.key(), refused.problems());
      case Outcome.Skipped skipped ->
          throw new IllegalStateException("asked for " + kind + ", read " + skipped.kind());
      case Outcome.Template template ->
          throw new IllegalStateException("asked for " + kind + ", read " + template.workload());
    };
  }

  private Endpoint shared(Endpoint pod) {
    return new Endpoint(
        pod.namespace(),
        pod.name(),
        pod.uid(),
        pod.nodeName(),
        labels.of(pod.labels()),
        pod.addresses(),
        hosts.of(pod.hostAddresses()),
        ports.of(pod.ports()),
        pod.network(),
        pod.lifecycle(),
        pod.started(),
        pod.origin());
  }

  private ResourceKey key(Map<String, Object> tree) throws IOException {
    String name = metadata(tree, "name");
    if (name.isEmpty()) {
      throw new IOException("the watch sent the deletion of an object without name");
    }
    return new ResourceKey(kind, metadata(tree, "namespace"), name);
  }

  private static String version(Map<String, Object> tree) {
    return metadata(tree, VERSION);
  }

  private static String metadata(Map<String, Object> tree, String field) {
    return tree.get(METADATA) instanceof Map<?, ?> metadata ? text(metadata, field) : "";
  }

  private static String text(Map<?, ?> tree, String field) {
    return tree.get(field) instanceof String text ? text : "";
  }

  private static void require(JsonParser parser, @Nullable JsonToken found, JsonToken wanted)
      throws IOException {
    if (found != wanted) {
      throw new IOException(
          "the answer is cut off or no list: "
              + (found == null ? "it ends" : found + " stands")
              + " where "
              + wanted
              + " is expected, at byte "
              + parser.currentLocation().getByteOffset());
    }
  }

  private static IOException malformed(JsonProcessingException e) {
    return new IOException("the answer is no valid JSON: " + e.getOriginalMessage(), e);
  }
}
