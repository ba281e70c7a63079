package io.sluice.itests.differential;

import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Subject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a snapshot says, without the numbers that it says it with: sets are written out where a rule
 * refers to them.
 *
 * @param endpoints the local endpoints
 * @param nodeAddresses the addresses of the node
 * @param rules the rules, sorted
 */
record Canonical(Set<LocalEndpoint> endpoints, String nodeAddresses, List<String> rules) {
  static Canonical of(Snapshot snapshot) {
    return new Canonical(
        Set.copyOf(snapshot.endpoints()),
        addresses(snapshot, Snapshot.NODE_ADDRESSES),
        snapshot.rules().stream().map(rule -> text(snapshot, rule)).sorted().toList());
  }

  private static String text(Snapshot snapshot, Rule rule) {
    return String.join(
        " ",
        rule.tier().toString(),
        Integer.toString(rule.order()),
        rule.direction().toString(),
        rule.action().toString(),
        rule.policy().toString(),
        Integer.toString(rule.index()),
        subject(snapshot, rule.subject()),
        new TreeSet<>(rule.peers().stream().map(peer -> peer(snapshot, peer)).toList()).toString(),
        new TreeSet<>(rule.services().stream().map(Object::toString).toList()).toString());
  }

  private static String subject(Snapshot snapshot, Subject subject) {
    return subject instanceof Subject.Members(int set)
        ? new TreeSet<>(held(snapshot.subjectSets().get(set), set)).toString()
        : subject.toString();
  }

  private static String peer(Snapshot snapshot, PeerMatch peer) {
    return peer instanceof PeerMatch.Addresses(int set)
        ? addresses(snapshot, set)
        : peer.toString();
  }

  private static String addresses(Snapshot snapshot, int set) {
    return new TreeSet<>(held(snapshot.addressSets().get(set), set)).toString();
  }

  private static <T> Set<T> held(@org.jspecify.annotations.Nullable Set<T> members, int set) {
    if (members == null) {
      throw new AssertionError("a rule refers to set " + set + ", which is not in the snapshot");
    }
    return members;
  }
}
