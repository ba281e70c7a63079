package io.sluice.manifests;

import io.sluice.api.resource.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with one object. */
final class Findings {
  private final String origin;
  private String object = "";
  private final List<Problem> problems = new ArrayList<>(0);

  /**
   * Nothing is wrong yet.
   *
   * @param origin the file, and where in it
   */
  Findings(String origin) {
    this.origin = origin;
  }

  /** Says which object this is about, as well as it is known. */
  void name(String path) {
    object = path;
  }

  /** Adds a problem. */
  void add(String field, String message, String remedy) {
    problems.add(new Problem(origin, object, field, message, remedy));
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  List<Problem> problems() {
    return problems;
  }
}
