package io.sluice.engine.core;

import io.sluice.api.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/** A named port: which endpoints have it, by its number there. */
final class PortName {
  final Protocol protocol;
  final String name;

  /** How many compiled rules speak of it. */
  int rules;

  private final TreeMap<Integer, RoaringBitmap> endpoints = new TreeMap<>();

  PortName(Protocol protocol, String name) {
    this.protocol = protocol;
    this.name = name;
  }

  void add(int port, int endpoint) {
    endpoints.computeIfAbsent(port, number -> new RoaringBitmap()).add(endpoint);
  }

  void remove(int port, int endpoint) {
    RoaringBitmap having = endpoints.get(port);
    if (having != null) {
      having.remove(endpoint);
      if (having.isEmpty()) {
        endpoints.remove(port);
      }
    }
  }

  /** Whether on this endpoint the name stands for this port. */
  boolean is(int port, int endpoint) {
    RoaringBitmap having = endpoints.get(port);
    return having != null && having.contains(endpoint);
  }

  /** The numbers that the name stands for on at least one of these endpoints, ascending. */
  List<Integer> numbers(RoaringBitmap among) {
    List<Integer> numbers = new ArrayList<>();
    endpoints.forEach(
        (number, having) -> {
          if (RoaringBitmap.intersects(having, among)) {
            numbers.add(number);
          }
        });
    return List.copyOf(numbers);
  }

  boolean isUnused() {
    return rules == 0 && endpoints.isEmpty();
  }
}
