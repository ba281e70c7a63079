package io.sluice.engine.core;

import io.sluice.api.control.EndpointInfo;
import io.sluice.api.control.GroupInfo;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Pictures of the engine's state, for people. */
final class Pictures {
  private static final Comparator<Endpoint> BY_NAME =
      Comparator.comparing(Endpoint::namespace).thenComparing(Endpoint::name);

  private final Index index;
  private final Judge judge;

  Pictures(Index index, Judge judge) {
    this.index = index;
    this.judge = judge;
  }

  List<EndpointInfo> endpoints(Function<EndpointId, String> binding) {
    List<EndpointInfo> all = new ArrayList<>(index.size());
    for (NamespaceEntry namespace : index.namespaces.all()) {
      for (Slot slot : namespace.pods.values()) {
        all.add(
            new EndpointInfo(
                slot.endpoint,
                slot.local,
                slot.local ? binding.apply(EndpointId.of(slot.endpoint)) : "",
                isolating(slot, Direction.INGRESS),
                isolating(slot, Direction.EGRESS)));
      }
    }
    all.sort(Comparator.comparing(EndpointInfo::endpoint, BY_NAME));
    return List.copyOf(all);
  }

  private List<PolicyRef> isolating(Slot slot, Direction direction) {
    return judge.rules(slot).side(direction).isolation().policies.stream()
        .map(policy -> policy.source.policy())
        .toList();
  }

  List<GroupInfo> groups(Collection<CompiledPolicy> policies) {
    Map<Group, Integer> rules = new HashMap<>();
    for (CompiledPolicy policy : policies) {
      int own = policy.source.isolates().size() + policy.rules.size();
      rules.merge(policy.subject, own, Integer::sum);
      for (CompiledRule rule : policy.rules) {
        for (PeerTerm peer : rule.peers()) {
          if (peer instanceof PeerTerm.Pods(Group group)) {
            rules.merge(group, 1, Integer::sum);
          }
        }
      }
    }
    List<GroupInfo> all = new ArrayList<>();
    for (Group group : index.groups.all()) {
      all.add(
          new GroupInfo(
              group.id,
              group.selector,
              isDefault(group),
              group.size(),
              group.localSize(),
              rules.getOrDefault(group, 0)));
    }
    all.sort(Comparator.comparing(info -> info.selector().toString()));
    return List.copyOf(all);
  }

  private static boolean isDefault(Group group) {
    return group.scope.namespaces.stream().anyMatch(entry -> entry.defaultGroup == group);
  }

  List<PolicySummary> policies(Collection<CompiledPolicy> policies) {
    List<PolicySummary> all = new ArrayList<>();
    for (CompiledPolicy policy : policies) {
      all.add(
          new PolicySummary(
              policy.source.policy(),
              policy.subject.size(),
              policy.subject.localSize(),
              policy.export == null ? 0 : policy.export.rules.size()));
    }
    all.sort(Comparator.comparing(PolicySummary::policy));
    return List.copyOf(all);
  }

  List<Endpoint> members(Group group) {
    List<Endpoint> members = new ArrayList<>(group.size());
    group.numbers.forEach((int number) -> members.add(index.slot(number).endpoint));
    members.sort(BY_NAME);
    return List.copyOf(members);
  }
}
