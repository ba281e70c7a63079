package io.sluice.api.policy;

import io.sluice.api.resource.Problem;
import io.sluice.api.selector.GroupSelector;
import java.util.List;
import java.util.Optional;

/** What a translator says of an object. */
public sealed interface Translation {
  /**
   * The object is a policy.
   *
   * @param translated the policy
   * @param warnings what is legal but probably not meant
   */
  record Accepted(TranslatedPolicy translated, List<Problem> warnings) implements Translation {
    /** Copies the warnings. */
    public Accepted {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The object can't be understood as a whole, so nothing of it is used: the last good version
   * stays in force.
   *
   * @param problems everything that is wrong, at least one
   * @param subject the pods it was meant for, where that could be read: an alarm names them if
   *     there is no last good version
   */
  record Rejected(List<Problem> problems, Optional<GroupSelector> subject) implements Translation {
    /** Copies the problems. */
    public Rejected {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a rejection says why");
      }
    }
  }
}
