package io.sluice.drill;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a fault did.
 *
 * @param fault its name
 * @param what what was done
 * @param findings what the judge found
 * @param recoveryMillis from the end of the fault until everything was in force and passed again;
 *     empty if that never happened
 * @param notes what else is worth to be said
 * @param failure why the agent has failed the drill, if it has
 */
record Row(
    String fault,
    String what,
    Findings findings,
    OptionalLong recoveryMillis,
    List<String> notes,
    Optional<String> failure) {
  /** Copies the notes. */
  Row {
    notes = List.copyOf(notes);
  }
}
