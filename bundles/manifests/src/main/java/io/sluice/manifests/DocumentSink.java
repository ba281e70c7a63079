package io.sluice.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes the objects of one document: the document itself, or the elements of a list. Nothing of it
 * counts before the document is complete, because only then is it certain that it was a list.
 */
final class DocumentSink implements ObjectSink {
  private static final String LIST = "List";
  private static final int NESTED_LISTS = 3;

  /** An element that does not say itself what it is. */
  private record Untyped(Map<String, Object> tree, String place) {}

  private final ObjectReader objects;
  private final String origin;
  private final int firstLine;
  private final BooleanSupplier room;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Outcome> items = new ArrayList<>();
  private final List<Untyped> untyped = new ArrayList<>();

  /**
   * Makes one.
   *
   * @param objects reads an object
   * @param origin the file
   * @param firstLine the line of the file that the document's line 0 is, from 1
   * @param room takes the place of one more object; false if the file has too many
   */
  DocumentSink(ObjectReader objects, String origin, int firstLine, BooleanSupplier room) {
    this.objects = objects;
    this.origin = origin;
    this.firstLine = firstLine;
    this.room = room;
  }

  /** What the document held. */
  List<Outcome> outcomes() {
    return outcomes;
  }

  @Override
  public void item(Object tree, int line) throws MalformedException {
    if (!room.getAsBoolean()) {
      throw new MalformedException(line, "too many objects in one file", "split the file");
    }
    String place = place(line);
    if (tree instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked")
      Map<String, Object> object = (Map<String, Object>) map;
      if (object.containsKey("kind") || object.containsKey("apiVersion")) {
        object(object, line, 1, items);
      } else {
        untyped.add(new Untyped(object, place));
      }
    } else {
      items.add(refuse(place, "items", "an element is no object", "write objects in the list"));
    }
  }

  @Override
  public void root(Map<String, Object> tree, int line, boolean streamed) throws MalformedException {
    String kind = tree.get("kind") instanceof String text ? text : "";
    if (!streamed) {
      object(tree, line, 0, outcomes);
      return;
    }
    if (!kind.endsWith(LIST)) {
      outcomes.add(
          refuse(
              place(line),
              "items",
              "is no field of " + (kind.isEmpty() ? "an object without kind" : "a " + kind),
              "write 'kind: List', or leave the field out"));
    } else {
      outcomes.addAll(items);
      for (Untyped item : untyped) {
        outcomes.add(objects.read(typed(item.tree(), tree, kind), item.place()));
      }
    }
    items.clear();
    untyped.clear();
  }

  /** Reads an object; those of a list inside of a list, or of one named by an alias, too. */
  private void object(Map<String, Object> tree, int line, int level, List<Outcome> target)
      throws MalformedException {
    String kind = tree.get("kind") instanceof String text ? text : "";
    boolean list = kind.endsWith(LIST) && (tree.get("items") instanceof List || kind.equals(LIST));
    if (!list) {
      target.add(objects.read(tree, place(line)));
      return;
    }
    if (level == NESTED_LISTS) {
      throw new MalformedException(line, "lists inside of lists", "write one list");
    }
    for (Object item : tree.get("items") instanceof List<?> elements ? elements : List.of()) {
      if (!room.getAsBoolean()) {
        throw new MalformedException(line, "too many objects in one file", "split the file");
      }
      if (item instanceof Map<?, ?> map) {
        @SuppressWarnings("unchecked")
        Map<String, Object> object = (Map<String, Object>) map;
        object(typed(object, tree, kind), line, level + 1, target);
      } else {
        target.add(
            refuse(place(line), "items", "an element is no object", "write objects in the list"));
      }
    }
  }

  /** Elements of a PodList are Pods and need not say so. */
  private static Map<String, Object> typed(
      Map<String, Object> item, Map<String, Object> list, Object listKind) {
    String kind = listKind.toString();
    if (kind.equals(LIST) || item.containsKey("kind") || item.containsKey("apiVersion")) {
      return item;
    }
    Map<String, Object> typed = new java.util.LinkedHashMap<>(item);
    typed.put("kind", kind.substring(0, kind.length() - LIST.length()));
    typed.put("apiVersion", java.util.Objects.requireNonNullElse(list.get("apiVersion"), ""));
    return java.util.Collections.unmodifiableMap(typed);
  }

  private String place(int line) {
    return origin + ":" + (firstLine + line);
  }

  private static Outcome refuse(String place, String field, String message, String remedy) {
    Findings findings = new Findings(place);
    findings.add(field, message, remedy);
    return new Outcome.Refused(Optional.empty(), findings.problems());
  }
}
