package io.sluice.manifests;

import io.sluice.api.resource.ClaimedResource;
import io.sluice.manifests.Tokens.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds trees from tokens, within limits.
 *
 * <p>An alias shares the tree that it stands for, so that it costs no memory; it still counts for
 * the limits with all that it stands for, because whoever walks the tree walks it every time.
 */
final class TreeBuilder {
  private static final String ITEMS = "items";
  private static final String MERGE = "<<";

  /** What an anchor stands for, and how much of the limits that takes. */
  private record Anchored(@Nullable Object tree, int nodes, int chars) {}

  private static final Anchored OPEN = new Anchored(null, 0, 0);

  private final Tokens tokens;
  private final Limits limits;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int nodes;
  private int chars;
  private int depth;

  TreeBuilder(Tokens tokens, Limits limits) {
    this.tokens = tokens;
    this.limits = limits;
  }

  /** Reads to the end of the document. */
  void read(ObjectSink sink) throws MalformedException {
    for (Kind kind = tokens.next(); kind != Kind.EOF; kind = tokens.next()) {
      if (kind == Kind.MAP) {
        root(sink);
      } else if (kind != Kind.SCALAR || tokens.value() != ClaimedResource.NULL) {
        throw new MalformedException(
            tokens.line(),
            "a document must be an object",
            "begin it with apiVersion, kind and metadata");
      }
    }
  }

  private void root(ObjectSink sink) throws MalformedException {
    nodes = 0;
    chars = 0;
    depth = 1;
    int line = tokens.line();
    boolean streamed = false;
    Map<String, Object> tree = new LinkedHashMap<>();
    List<Object> merges = new ArrayList<>();
    for (Kind kind = tokens.next(); kind != Kind.END; kind = tokens.next()) {
      String key = key(kind);
      boolean merge = isMerge(key);
      Kind next = tokens.next();
      if (key.equals(ITEMS) && next == Kind.LIST && mayBeList(tree.get("kind"))) {
        if (streamed) {
          throw duplicate(key);
        }
        streamed = true;
        items(sink);
      } else if (merge) {
        merges.add(value(next));
      } else if (tree.put(key, value(next)) != null) {
        throw duplicate(key);
      }
    }
    merge(tree, merges);
    sink.root(Collections.unmodifiableMap(tree), line, streamed);
  }

  private static boolean mayBeList(@Nullable Object kind) {
    return kind == null || (kind instanceof String name && name.endsWith("List"));
  }

  private void items(ObjectSink sink) throws MalformedException {
    int rootNodes = nodes;
    int rootChars = chars;
    depth++;
    for (Kind kind = tokens.next(); kind != Kind.END; kind = tokens.next()) {
      nodes = 0;
      chars = 0;
      int line = tokens.line();
      sink.item(value(kind), line);
    }
    depth--;
    nodes = rootNodes;
    chars = rootChars;
  }

  private Object value(Kind kind) throws MalformedException {
    String anchor = tokens.anchor();
    if (kind == Kind.ALIAS) {
      return alias(tokens.text());
    }
    int nodesBefore = nodes;
    int charsBefore = chars;
    if (anchor != null) {
      anchors.put(anchor, OPEN);
    }
    spend(1, 0);
    Object tree =
        switch (kind) {
          case MAP -> map();
          case LIST -> list();
          default -> {
            spend(0, tokens.text().length());
            yield tokens.value();
          }
        };
    if (anchor != null) {
      anchors.put(anchor, new Anchored(tree, nodes - nodesBefore, chars - charsBefore));
    }
    return tree;
  }

  private Map<String, Object> map() throws MalformedException {
    descend();
    Map<String, Object> map = new LinkedHashMap<>();
    List<Object> merges = List.of();
    for (Kind kind = tokens.next(); kind != Kind.END; kind = tokens.next()) {
      String key = key(kind);
      if (isMerge(key)) {
        merges = merges.isEmpty() ? new ArrayList<>() : merges;
        merges.add(value(tokens.next()));
      } else if (map.put(key, value(tokens.next())) != null) {
        throw duplicate(key);
      }
    }
    merge(map, merges);
    depth--;
    return Collections.unmodifiableMap(map);
  }

  private List<Object> list() throws MalformedException {
    descend();
    List<Object> list = new ArrayList<>();
    for (Kind kind = tokens.next(); kind != Kind.END; kind = tokens.next()) {
      list.add(value(kind));
    }
    depth--;
    return Collections.unmodifiableList(list);
  }

  private String key(Kind kind) throws MalformedException {
    if (kind != Kind.SCALAR) {
      throw new MalformedException(
          tokens.line(), "a key must be a plain text", "write the key as a string");
    }
    String key = tokens.text();
    spend(1, key.length());
    return key;
  }

  private boolean isMerge(String key) {
    return key.equals(MERGE) && tokens.isPlain();
  }

  /** The keys of a merged mapping count unless the mapping itself, or an earlier one, has them. */
  private void merge(Map<String, Object> map, List<Object> merges) throws MalformedException {
    for (Object merged : merges) {
      List<?> parts = merged instanceof List<?> list ? list : List.of(merged);
      for (Object part : parts) {
        if (!(part instanceof Map<?, ?> from)) {
          throw new MalformedException(
              tokens.line(), "'<<' merges mappings only", "name mappings after '<<:'");
        }
        from.forEach((key, value) -> map.putIfAbsent((String) key, value));
      }
    }
  }

  private Object alias(String name) throws MalformedException {
    Anchored anchored = anchors.get(name);
    if (anchored == null) {
      throw new MalformedException(
          tokens.line(), "the alias *" + name + " names no anchor", "define &" + name + " before");
    }
    if (anchored.tree() == null) {
      throw new MalformedException(
          tokens.line(), "the alias *" + name + " stands inside of itself", "leave the alias out");
    }
    spend(anchored.nodes(), anchored.chars());
    return anchored.tree();
  }

  private void spend(int moreNodes, int moreChars) throws MalformedException {
    if (moreNodes > limits.objectNodes() - nodes || moreChars > limits.objectChars() - chars) {
      throw new MalformedException(
          tokens.line(),
          "an object has more than "
              + limits.objectNodes()
              + " values or "
              + limits.objectChars()
              + " characters, aliases included",
          "make the object smaller; an API server takes about 1.5 MiB");
    }
    nodes += moreNodes;
    chars += moreChars;
  }

  private void descend() throws MalformedException {
    if (++depth > limits.depth()) {
      throw new MalformedException(
          tokens.line(), "more than " + limits.depth() + " levels of nesting", "nest less deeply");
    }
  }

  private MalformedException duplicate(String key) {
    return new MalformedException(
        tokens.line(), "the key '" + key + "' stands twice in one mapping", "keep one of them");
  }
}
