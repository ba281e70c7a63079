package io.sluice.policies.mvstore;

import io.sluice.api.resource.ClaimedResource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The trees of {@link ClaimedResource} as bytes: a tag, then the value; maps in their order. */
final class TreeCodec {
  /** Deeper than any manifest may be; keeps damaged bytes from exhausting the stack. */
  private static final int DEPTH = 1000;

  private static final int NULL = 0;
  private static final int FALSE = 1;
  private static final int TRUE = 2;
  private static final int LONG = 3;
  private static final int DOUBLE = 4;
  private static final int TEXT = 5;
  private static final int LIST = 6;
  private static final int MAP = 7;

  private TreeCodec() {}

  static void write(ByteSink sink, Object value) {
    switch (value) {
      case Boolean word -> sink.raw(word ? TRUE : FALSE);
      case Long number -> {
        sink.raw(LONG);
        sink.signed(number);
      }
      case Double number -> {
        sink.raw(DOUBLE);
        sink.number(Double.doubleToRawLongBits(number));
      }
      case String text -> {
        sink.raw(TEXT);
        sink.text(text);
      }
      case List<?> list -> {
        sink.raw(LIST);
        sink.number(list.size());
        list.forEach(element -> write(sink, element));
      }
      case Map<?, ?> map -> {
        sink.raw(MAP);
        sink.number(map.size());
        map.forEach(
            (key, element) -> {
              sink.text((String) key);
              write(sink, element);
            });
      }
      default -> {
        if (value != ClaimedResource.NULL) {
          throw new IllegalArgumentException("a tree can't hold a " + value.getClass().getName());
        }
        sink.raw(NULL);
      }
    }
  }

  static Object read(ByteSource source) {
    return read(source, DEPTH);
  }

  private static Object read(ByteSource source, int depth) {
    if (depth == 0) {
      throw new DamagedException("a tree is deeper than " + DEPTH);
    }
    int tag = source.raw();
    return switch (tag) {
      case NULL -> ClaimedResource.NULL;
      case FALSE -> false;
      case TRUE -> true;
      case LONG -> source.signed();
      case DOUBLE -> Double.longBitsToDouble(source.number());
      case TEXT -> source.shared();
      case LIST -> list(source, depth);
      case MAP -> map(source, depth);
      default -> throw new DamagedException("no tree has the tag " + tag);
    };
  }

  private static List<Object> list(ByteSource source, int depth) {
    int size = source.count();
    List<Object> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(read(source, depth - 1));
    }
    return Collections.unmodifiableList(list);
  }

  static Map<String, Object> map(ByteSource source) {
    if (source.raw() != MAP) {
      throw new DamagedException("a resource is no map");
    }
    return map(source, DEPTH);
  }

  private static Map<String, Object> map(ByteSource source, int depth) {
    int size = source.count();
    Map<String, Object> map = LinkedHashMap.newLinkedHashMap(size);
    for (int i = 0; i < size; i++) {
      String key = source.shared();
      map.put(key, read(source, depth - 1));
    }
    return Collections.unmodifiableMap(map);
  }
}
