package io.sluice.itests.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.SetDelta;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Subject;
import io.sluice.api.datapath.Update;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Folds updates, and checks each against what the API promises of updates. */
final class UpdateCheck {
  private final DesiredState state = new DesiredState();
  private final Set<Long> usedRules = new HashSet<>();

  /** Takes an update and compares the outcome with the engine's snapshot. */
  void fold(Optional<Update> update, Snapshot expected) {
    if (update.isPresent()) {
      promises(update.get());
      try {
        state.apply(update.get());
      } catch (StaleRevisionException e) {
        throw new AssertionError("updates do not follow one another", e);
      }
    }
    Snapshot folded = state.snapshot();
    assertEquals(expected.revision(), folded.revision(), "revision");
    assertEquals(Set.copyOf(expected.endpoints()), Set.copyOf(folded.endpoints()), "endpoints");
    assertEquals(expected.subjectSets(), folded.subjectSets(), "subject sets");
    assertEquals(expected.addressSets(), folded.addressSets(), "address sets");
    assertEquals(Set.copyOf(expected.rules()), Set.copyOf(folded.rules()), "rules");
    assertEquals(expected.rules().size(), Set.copyOf(expected.rules()).size(), "rule twice");
    nothingUnused(expected);
  }

  private void promises(Update update) {
    for (LocalEndpoint endpoint : update.endpoints()) {
      assertTrue(
          !endpoint.equals(state.endpoints().get(endpoint.id())), "not changed: " + endpoint);
    }
    assertTrue(state.endpoints().keySet().containsAll(update.endpointsRemoved()), "removed twice");
    update.subjectSets().forEach(delta -> delta(delta, state.subjects(delta.set())));
    update.addressSets().forEach(delta -> delta(delta, state.addresses(delta.set())));
    assertTrue(state.rules().keySet().containsAll(update.rulesRemoved()), "no such rules");
    for (Rule rule : update.rulesAdded()) {
      assertTrue(usedRules.add(rule.id()), "a rule's number is used again: " + rule);
    }
  }

  private static <T> void delta(SetDelta<T> delta, Set<T> held) {
    assertTrue(Collections.disjoint(delta.added(), held), "added, but was there: " + delta);
    assertTrue(held.containsAll(delta.removed()), "removed, but was not there: " + delta);
  }

  private static void nothingUnused(Snapshot snapshot) {
    Set<Integer> subjects = new HashSet<>();
    Set<Integer> addresses = new HashSet<>(Set.of(Snapshot.NODE_ADDRESSES));
    for (Rule rule : snapshot.rules()) {
      if (rule.subject() instanceof Subject.Members(int set)) {
        subjects.add(set);
      }
      addresses.addAll(
          rule.peers().stream()
              .filter(PeerMatch.Addresses.class::isInstance)
              .map(peer -> ((PeerMatch.Addresses) peer).set())
              .collect(Collectors.toSet()));
    }
    assertEquals(subjects, snapshot.subjectSets().keySet(), "subject sets that rules refer to");
    assertEquals(addresses, snapshot.addressSets().keySet(), "address sets that rules refer to");
  }
}
