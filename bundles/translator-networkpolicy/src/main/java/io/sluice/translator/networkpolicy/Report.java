package io.sluice.translator.networkpolicy;

import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one object, and what is legal but probably not meant. */
final class Report {
  private final ClaimedResource resource;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  Report(ClaimedResource resource) {
    this.resource = resource;
  }

  /** Something that refuses the object. */
  void problem(String field, String message, String remedy) {
    problems.add(about(field, message, remedy));
  }

  /** Something legal that is probably not meant. */
  void warning(String field, String message, String remedy) {
    warnings.add(about(field, message, remedy));
  }

  private Problem about(String field, String message, String remedy) {
    return new Problem(resource.origin(), resource.key().toString(), field, message, remedy);
  }

  /** How many problems there are so far; a reader tells by it whether a part was readable. */
  int count() {
    return problems.size();
  }

  List<Problem> problems() {
    return problems;
  }

  List<Problem> warnings() {
    return warnings;
  }
}
