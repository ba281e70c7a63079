package io.sluice.vertx;

import java.util.List;

/** A message: immutable, known to both bundles. */
public record Parcel(String label, List<Integer> contents) {}
