package io.sluice.apiserver.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.server.mock.KubernetesAttributesExtractor;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.sluice.apiserver.server.ResourceTypes.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects, in the mock's dispatcher, with an index by key, a history and watches. Every method
 * holds the store's monitor, so that a list and the watch that follows it fit together.
 */
final class ObjectStore extends KubernetesCrudDispatcher {
  private static final int HISTORY = 50_000;

  private final ResourceTypes types;
  private final Disk disk;

  /** Objects by {@code apiVersion/plural/namespace/name}: the order of a list. */
  private final TreeMap<String, AttributeSet> index = new TreeMap<>();

  private final Deque<Event> history = new ArrayDeque<>();
  private final Set<Watch> watches = new HashSet<>();
  private long revision;
  private long compacted;

  /**
   * The objects of a type.
   *
   * @param revision the resource version at which the list is consistent
   * @param items the objects
   */
  record Listing(long revision, List<String> items) {}

  ObjectStore(ResourceTypes types, Disk disk, long revision) {
    this.types = types;
    this.disk = disk;
    this.revision = revision;
    compacted = revision;
  }

  /** Takes an object as it is, without telling anyone: at the start. */
  synchronized void load(ResourceType type, String json) {
    GenericKubernetesResource resource =
        Serialization.unmarshal(json, GenericKubernetesResource.class);
    String namespace = orEmpty(resource.getMetadata().getNamespace());
    AttributeSet key = attributes(type, namespace, resource);
    map.put(key, json);
    index.put(key(type, namespace, resource.getMetadata().getName()), key);
  }

  private AttributeSet attributes(
      ResourceType type, String namespace, GenericKubernetesResource resource) {
    return AttributeSet.merge(
        attributeExtractor.fromPath(type.path(namespace, "")),
        ((KubernetesAttributesExtractor) attributeExtractor).extract(resource));
  }

  private static String key(ResourceType type, String namespace, String name) {
    return type.apiVersion() + "/" + type.plural() + "/" + namespace + "/" + name;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Everything that is no list and no watch. */
  synchronized Answer crud(HttpMethod method, String path, String query, String body) {
    String uri = query.isEmpty() ? path : path + "?" + query;
    MockResponse response =
        dispatch(
            new RecordedRequest(
                "HTTP/1.1",
                method,
                uri,
                Headers.builder().add("Content-Type", "application/merge-patch+json").build(),
                new Buffer().writeUtf8(body)));
    String text = response.getBody() == null ? "" : response.getBody().readUtf8();
    return text.isEmpty() && response.code() >= 400
        ? Answer.notFound(path)
        : new Answer(response.code(), text);
  }

  @Override
  public synchronized MockResponse handleGet(String path) {
    Map.Entry<AttributeSet, String> found = findResource(getKey(path));
    return found == null
        ? new MockResponse().setResponseCode(404)
        : new MockResponse().setResponseCode(200).setBody(found.getValue());
  }

  @Override
  public synchronized MockResponse handleDelete(String path) {
    AttributeSet asked = getKey(path);
    Map.Entry<AttributeSet, String> found = findResource(asked);
    if (found == null) {
      return new MockResponse().setResponseCode(404);
    }
    processEvent(path, asked, found.getKey(), null, null);
    return new MockResponse().setResponseCode(200).setBody(found.getValue());
  }

  /** By the index: the dispatcher would look at every object. */
  @Override
  public synchronized Map.@Nullable Entry<AttributeSet, String> findResource(AttributeSet asked) {
    Optional<ResourceType> type =
        types.named(text(asked, "api"), text(asked, "version"), text(asked, "plural"));
    if (type.isEmpty()) {
      return null;
    }
    AttributeSet key = index.get(key(type.get(), text(asked, "namespace"), text(asked, "name")));
    String json = key == null ? null : map.get(key);
    return key == null || json == null ? null : Map.entry(key, json);
  }

  private static String text(AttributeSet attributes, String name) {
    return attributes.containsKey(name)
        ? attributes.getAttribute(name).getValues().iterator().next().toString()
        : "";
  }

  @Override
  public synchronized long requestResourceVersion() {
    return ++revision;
  }

  @Override
  public synchronized void processEvent(
      String path,
      AttributeSet pathAttributes,
      @Nullable AttributeSet oldAttributes,
      @Nullable GenericKubernetesResource resource,
      @Nullable String newState) {
    Target target = types.target(path).orElseThrow();
    ResourceType type = target.type();
    String existing = oldAttributes == null ? null : map.get(oldAttributes);
    if (newState == null) {
      super.processEvent(path, pathAttributes, oldAttributes, null, null);
      index.remove(key(type, target.namespace(), target.name()));
      disk.delete(type, target.namespace(), target.name());
      if (existing != null) {
        tell("DELETED", type, target.namespace(), renumbered(existing));
      }
      return;
    }
    GenericKubernetesResource object =
        resource == null
            ? Serialization.unmarshal(newState, GenericKubernetesResource.class)
            : resource;
    String namespace = orEmpty(object.getMetadata().getNamespace());
    String name = object.getMetadata().getName();
    super.processEvent(path, pathAttributes, oldAttributes, object, newState);
    AttributeSet key = ((KubernetesAttributesExtractor) attributeExtractor).extract(object);
    index.put(
        key(type, namespace, name),
        key.containsKey(KubernetesAttributesExtractor.PLURAL)
            ? key
            : AttributeSet.merge(pathAttributes, key));
    disk.put(type, namespace, name, newState);
    if (!newState.equals(existing)) {
      tell(existing == null ? "ADDED" : "MODIFIED", type, namespace, newState);
    }
  }

  /** A deletion has a resource version of its own. */
  private String renumbered(String json) {
    ObjectNode object = Serialization.unmarshal(json, ObjectNode.class);
    object.withObject("/metadata").put("resourceVersion", Long.toString(requestResourceVersion()));
    return Serialization.asJson(object);
  }

  private void tell(String what, ResourceType type, String namespace, String json) {
    Event event = new Event(revision, what, type, namespace, json);
    history.add(event);
    if (history.size() > HISTORY) {
      compacted = history.removeFirst().revision();
    }
    watches.forEach(watch -> watch.offer(event));
  }

  /** The objects of a type, in a namespace or in all. */
  synchronized Listing list(ResourceType type, String namespace) {
    String prefix = type.apiVersion() + "/" + type.plural() + "/";
    if (!namespace.isEmpty()) {
      prefix += namespace + "/";
    }
    List<String> items = new ArrayList<>();
    for (AttributeSet key : index.subMap(prefix, prefix + Character.MAX_VALUE).values()) {
      String json = map.get(key);
      if (json != null) {
        items.add(json);
      }
    }
    return new Listing(revision, items);
  }

  /**
   * Opens a watch.
   *
   * @param since the resource version after which it begins; 0 begins with everything
   * @return nothing if the history does not reach back so far
   */
  synchronized Optional<Watch> watch(Target target, long since, boolean bookmarks) {
    if (since != 0 && since < compacted) {
      return Optional.empty();
    }
    Watch watch = new Watch(target.type(), target.namespace(), bookmarks);
    if (since == 0) {
      for (String json : list(target.type(), target.namespace()).items()) {
        watch.offer(new Event(revision, "ADDED", target.type(), target.namespace(), json));
      }
    } else {
      history.stream().filter(event -> event.revision() > since).forEach(watch::offer);
    }
    watches.add(watch);
    return Optional.of(watch);
  }

  synchronized void close(Watch watch) {
    watches.remove(watch);
  }

  /** Ends every watch, as a server does that is tired of them. */
  synchronized void cutWatches() {
    watches.forEach(watch -> watch.lines.add(Watch.CUT));
    watches.clear();
  }

  /** Forgets the history, and tells every watch so. */
  synchronized void compact(boolean tellWatches) {
    requestResourceVersion();
    history.clear();
    compacted = revision;
    if (tellWatches) {
      watches.forEach(Watch::gone);
    } else {
      watches.forEach(watch -> watch.lines.add(Watch.CUT));
    }
    watches.clear();
  }

  /** Tells every watch how far it has come. */
  synchronized void bookmark() {
    watches.forEach(watch -> watch.bookmark(revision));
  }

  /** Deletes every object. */
  synchronized void deleteAll() {
    for (String key : List.copyOf(index.keySet())) {
      // apiVersion (one or two parts), plural, namespace, name.
      List<String> parts = List.of(key.split("/", -1));
      int at = parts.size() - 3;
      ResourceType type =
          types.named(at > 1 ? parts.get(0) : "", parts.get(at - 1), parts.get(at)).orElseThrow();
      handleDelete(type.path(parts.get(at + 1), parts.get(at + 2)));
    }
  }

  /** How many watches are open. */
  synchronized int watches() {
    return watches.size();
  }
}
