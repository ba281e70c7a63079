package io.sluice.apiserver.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import java.io.IOException;
import java.util.Map;

/** The test's hand on the server, on a port of its own; needs no token. */
final class AdminHandler implements HttpHandler {
  private static final YAMLMapper YAML = new YAMLMapper();

  private final ResourceTypes types;
  private final ObjectStore store;
  private final Lists lists;
  private final Faults faults;
  private final Access access;
  private final RequestLog log;

  AdminHandler(
      ResourceTypes types,
      ObjectStore store,
      Lists lists,
      Faults faults,
      Access access,
      RequestLog log) {
    this.types = types;
    this.store = store;
    this.lists = lists;
    this.faults = faults;
    this.access = access;
    this.log = log;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = Answer.ok(answer(exchange));
      } catch (IllegalArgumentException | IOException e) {
        answer = new Answer(400, String.valueOf(e.getMessage()));
      }
      Exchanges.answer(exchange, answer);
    }
  }

  private String answer(HttpExchange exchange) throws IOException {
    Map<String, String> query = Exchanges.query(exchange);
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/sluice/apply" -> apply(Exchanges.body(exchange));
      case "/sluice/reset" -> store.deleteAll();
      case "/sluice/delete" -> delete(query);
      case "/sluice/faults" -> faults.set(query);
      case "/sluice/clear" -> clear();
      case "/sluice/cut" -> store.cutWatches();
      case "/sluice/compact" -> compact(query);
      case "/sluice/bookmark" -> store.bookmark();
      case "/sluice/token" -> access.accept(query.getOrDefault("accept", ""));
      case "/sluice/serve" -> types.add(ResourceType.parse(query.getOrDefault("type", "")));
      case "/sluice/refuse" -> types.remove(query.getOrDefault("plural", ""));
      case "/sluice/requests" -> {
        return log.text();
      }
      case "/sluice/objects" -> {
        ResourceType type =
            type(query.getOrDefault("apiVersion", ""), query.getOrDefault("kind", ""));
        return String.join("\n", store.list(type, "").items());
      }
      case "/sluice/watches" -> {
        return Integer.toString(store.watches());
      }
      default -> throw new IllegalArgumentException("there is no " + path);
    }
    return "";
  }

  private void clear() {
    faults.clear();
    access.sayGoneAsEvent(false);
  }

  /** {@code tell}: open watches are told by an event, and so are those that come too late. */
  private void compact(Map<String, String> query) {
    boolean tell = query.getOrDefault("tell", "").equals("true");
    access.sayGoneAsEvent(tell);
    lists.forget();
    store.compact(tell);
  }

  /** Creates or replaces the objects of several documents. */
  void apply(String text) throws IOException {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(text)) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        if (!document.isObject()) {
          continue;
        }
        if (document.path("items").isArray()) {
          document.path("items").forEach(this::applyObject);
        } else {
          applyObject(document);
        }
      }
    }
  }

  private void applyObject(JsonNode object) {
    ResourceType type = type(object.path("apiVersion").asText(), object.path("kind").asText());
    JsonNode metadata = object.path("metadata");
    String namespace = type.namespaced() ? metadata.path("namespace").asText("default") : "";
    String path = type.path(namespace, metadata.path("name").asText());
    Answer put = store.crud(HttpMethod.PUT, path, "", object.toString());
    if (put.status() == 404) {
      put = store.crud(HttpMethod.POST, type.path(namespace, ""), "", object.toString());
    }
    if (put.status() >= 300) {
      throw new IllegalArgumentException(path + ": " + put.body());
    }
  }

  private ResourceType type(String apiVersion, String kind) {
    return types
        .of(apiVersion, kind)
        .orElseThrow(() -> new IllegalArgumentException("no type " + kind + " in " + apiVersion));
  }

  private void delete(Map<String, String> query) {
    ResourceType type = type(query.getOrDefault("apiVersion", ""), query.getOrDefault("kind", ""));
    String path = type.path(query.getOrDefault("namespace", ""), query.getOrDefault("name", ""));
    Answer answer = store.crud(HttpMethod.DELETE, path, "", "");
    if (answer.status() >= 300) {
      throw new IllegalArgumentException(path + ": " + answer.body());
    }
  }
}
