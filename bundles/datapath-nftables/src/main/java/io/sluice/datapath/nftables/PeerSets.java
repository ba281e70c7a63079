package io.sluice.datapath.nftables;

import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.SetDelta;
import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The sets of peers' addresses, as long as rules refer to them. Rules that deny have a twin of a
 * set, because what widens the one narrows the other.
 */
final class PeerSets {
  private record Key(int set, boolean denying) {}

  private final Names names;
  private final Ruleset ruleset;
  private final Set<Family> families;
  private final Map<Key, Integer> users = new HashMap<>();

  PeerSets(Names names, Ruleset ruleset, Set<Family> families) {
    this.names = names;
    this.ruleset = ruleset;
    this.families = families;
  }

  /** One rule more refers to a set. */
  void use(int set, boolean denying, DesiredState state) {
    if (users.merge(new Key(set, denying), 1, Integer::sum) > 1) {
      return;
    }
    Ruleset.Effect effect = denying ? Ruleset.Effect.NARROWS : Ruleset.Effect.WIDENS;
    for (Family family : families) {
      ruleset.set(names.peers(set, denying, family), Ruleset.Kind.set(Layout.type(family), effect));
    }
    state.addresses(set).forEach(address -> put(set, denying, address));
  }

  /** One rule less. */
  void free(int set, boolean denying) {
    Key key = new Key(set, denying);
    if (users.merge(key, -1, Integer::sum) > 0) {
      return;
    }
    users.remove(key);
    families.forEach(family -> ruleset.dropSet(names.peers(set, denying, family)));
  }

  /** A set has other members. */
  void change(SetDelta<IpAddress> delta) {
    for (boolean denying : new boolean[] {false, true}) {
      if (users.containsKey(new Key(delta.set(), denying))) {
        for (IpAddress address : delta.removed()) {
          if (families.contains(address.family())) {
            ruleset.take(names.peers(delta.set(), denying, address.family()), address.toString());
          }
        }
        delta.added().forEach(address -> put(delta.set(), denying, address));
      }
    }
  }

  private void put(int set, boolean denying, IpAddress address) {
    if (families.contains(address.family())) {
      ruleset.put(names.peers(set, denying, address.family()), address.toString());
    }
  }
}
