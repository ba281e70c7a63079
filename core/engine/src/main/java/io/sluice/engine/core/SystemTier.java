package io.sluice.engine.core;

import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Subject;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import java.util.ArrayList;
import java.util.List;

/** What is built in, as rules: they come before every policy. */
final class SystemTier {
  static final PolicyRef OWN_NODE = PolicyRef.system("own-node");
  static final PolicyRef SELF = PolicyRef.system("self");
  static final PolicyRef UNKNOWN_PORTS = PolicyRef.system("unknown-ports");

  /** The rules; their ids are 1 to as many as there are. */
  static final List<Rule> RULES = rules();

  private SystemTier() {}

  private static List<Rule> rules() {
    Subject every = new Subject.EveryEndpoint();
    List<Rule> rules = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      rules.add(rule(rules, direction, Action.ALLOW, every, new PeerMatch.OwnNode(), OWN_NODE));
      rules.add(rule(rules, direction, Action.ALLOW, every, new PeerMatch.Self(), SELF));
      rules.add(
          rule(
              rules,
              direction,
              Action.DENY,
              new Subject.UnknownPorts(),
              new PeerMatch.Any(),
              UNKNOWN_PORTS));
    }
    return List.copyOf(rules);
  }

  private static Rule rule(
      List<Rule> before,
      Direction direction,
      Action action,
      Subject subject,
      PeerMatch peer,
      PolicyRef policy) {
    return new Rule(
        before.size() + 1L,
        Tier.SYSTEM,
        0,
        direction,
        action,
        subject,
        List.of(peer),
        List.of(new PortMatch.Any()),
        policy,
        0);
  }
}
