package io.sluice.example.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.SetDelta;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Subject;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.Cidr;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads a journal back with a JSON parser of somebody else. */
final class JournalReader {
  private static final Snapshot NOTHING = new Snapshot(0, List.of(), Map.of(), Map.of(), List.of());

  private final JsonMapper json = new JsonMapper();
  private final DesiredState state = new DesiredState();

  private JournalReader() {}

  /** What the journal holds. */
  static Snapshot read(Path file) {
    JournalReader reader = new JournalReader();
    List<JsonNode> group = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        Optional<JsonNode> read = reader.line(line);
        if (read.isEmpty() || text(read.get(), "change").equals("begin")) {
          group.clear();
        }
        read.ifPresent(group::add);
        if (!group.isEmpty() && text(group.getLast(), "change").equals("end")) {
          reader.take(group);
          group.clear();
        }
      }
      return reader.state.snapshot();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (StaleRevisionException e) {
      throw new AssertionError(e);
    }
  }

  /** A line, unless it is empty or was cut off. */
  private Optional<JsonNode> line(String line) {
    try {
      return Optional.of(json.readTree(line)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private void take(List<JsonNode> group) throws StaleRevisionException {
    if (group.getFirst().get("change").asText().equals("begin")) {
      state.reset(NOTHING);
    }
    state.apply(
        new Update(
            state.revision(),
            group.getLast().get("revision").asLong(),
            all(group, "endpoint", JournalReader::endpoint),
            Set.copyOf(all(group, "endpoint-gone", node -> id(text(node, "endpoint")))),
            all(group, "subjects", node -> delta(node, JournalReader::id)),
            Set.copyOf(all(group, "subjects-gone", node -> node.get("set").asInt())),
            all(group, "addresses", node -> delta(node, IpAddress::parse)),
            Set.copyOf(all(group, "addresses-gone", node -> node.get("set").asInt())),
            all(group, "rule", node -> rule(node.get("rule"))),
            Set.copyOf(all(group, "rule-gone", node -> node.get("id").asLong()))));
  }

  private static <T> List<T> all(List<JsonNode> group, String change, Function<JsonNode, T> read) {
    return group.stream().filter(node -> text(node, "change").equals(change)).map(read).toList();
  }

  private static LocalEndpoint endpoint(JsonNode node) {
    return new LocalEndpoint(
        id(text(node, "endpoint")),
        texts(node, "addresses").map(IpAddress::parse).collect(Collectors.toSet()));
  }

  private static EndpointId id(String text) {
    String[] parts = text.split("/", 3);
    return new EndpointId(parts[0], parts[1], parts.length > 2 ? parts[2] : "");
  }

  private static <T> SetDelta<T> delta(JsonNode node, Function<String, T> read) {
    return new SetDelta<>(
        node.get("set").asInt(),
        texts(node, "added").map(read).collect(Collectors.toSet()),
        texts(node, "removed").map(read).collect(Collectors.toSet()));
  }

  private static Rule rule(JsonNode node) {
    return new Rule(
        node.get("id").asLong(),
        Tier.valueOf(text(node, "tier")),
        node.get("order").asInt(),
        Direction.valueOf(text(node, "direction")),
        Action.valueOf(text(node, "action")),
        subject(text(node, "subject")),
        texts(node, "peers").map(JournalReader::peer).toList(),
        texts(node, "services").map(JournalReader::service).toList(),
        policy(text(node, "policy")),
        node.get("index").asInt());
  }

  private static PolicyRef policy(String text) {
    String[] parts = text.split("/", -1);
    return new PolicyRef(parts[0], parts.length > 2 ? parts[1] : "", parts[parts.length - 1]);
  }

  private static Subject subject(String text) {
    return switch (text) {
      case "every endpoint" -> new Subject.EveryEndpoint();
      case "unknown ports" -> new Subject.UnknownPorts();
      default -> new Subject.Members(Integer.parseInt(text.substring("set ".length())));
    };
  }

  private static PeerMatch peer(String text) {
    return switch (text) {
      case "any" -> new PeerMatch.Any();
      case "own node" -> new PeerMatch.OwnNode();
      case "self" -> new PeerMatch.Self();
      default ->
          text.startsWith("set ")
              ? new PeerMatch.Addresses(Integer.parseInt(text.substring("set ".length())))
              : new PeerMatch.Block(Cidr.parse(text.substring("block ".length())));
    };
  }

  private static PortMatch.Resolved service(String text) {
    if (text.equals("any")) {
      return new PortMatch.Any();
    }
    String[] parts = text.split("[ -]", 3);
    return new PortMatch.Range(
        Protocol.valueOf(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  private static String text(JsonNode node, String name) {
    return node.get(name).asText();
  }

  private static Stream<String> texts(JsonNode node, String name) {
    return StreamSupport.stream(node.get(name).spliterator(), false).map(JsonNode::asText);
  }
}
