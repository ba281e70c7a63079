package io.sluice.shell;

import io.sluice.api.control.EndpointInfo;
import io.sluice.api.control.GroupInfo;
import io.sluice.api.control.PolicyInfo;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Endpoint;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of endpoints, groups and policies. */
final class Lists {
  private Lists() {}

  static String endpoints(List<EndpointInfo> endpoints) {
    Table table = new Table("POD", "ADDRESSES", "NODE", "STATE", "BOUND TO", "INGRESS", "EGRESS");
    endpoints.stream()
        .sorted(Comparator.comparing(info -> info.endpoint().path()))
        .forEach(
            info ->
                table.row(
                    info.endpoint().path(),
                    joined(info.endpoint().addresses()),
                    info.endpoint().nodeName() + (info.local() ? " (this)" : ""),
                    state(info.endpoint()),
                    info.binding(),
                    isolation(info.ingress()),
                    isolation(info.egress())));
    return counted(table, endpoints.size(), "endpoints");
  }

  private static String state(Endpoint endpoint) {
    if (endpoint.lifecycle() == Endpoint.Lifecycle.FINISHED) {
      return "finished";
    }
    return endpoint.network() == Endpoint.Network.HOST ? "host-network" : "live";
  }

  /** Policies that isolate, without the kind that nearly all of them are of. */
  private static String isolation(List<PolicyRef> policies) {
    return policies.isEmpty()
        ? "open"
        : policies.stream().map(Lists::brief).collect(Collectors.joining(","));
  }

  private static String brief(PolicyRef policy) {
    return policy.kind().equals("NetworkPolicy") ? policy.name() : policy.toString();
  }

  static String groups(List<GroupInfo> groups) {
    Table table = new Table("ID", "NAMESPACES", "PODS", "MEMBERS", "LOCAL", "RULES", "DEFAULT OF");
    groups.stream()
        .sorted(Comparator.comparing(group -> group.selector().toString()))
        .forEach(
            group ->
                table.row(
                    group.id(),
                    group.selector().namespaces(),
                    group.selector().pods(),
                    group.members(),
                    group.localMembers(),
                    group.rules(),
                    group.isDefault() ? group.selector().namespaces() : ""));
    return counted(table, groups.size(), "groups");
  }

  static String policies(List<PolicyInfo> policies) {
    Table table = new Table("POLICY", "ID", "STATE", "PODS", "LOCAL", "RULES", "PACKETS");
    List<PolicyInfo> sorted =
        policies.stream().sorted(Comparator.comparing(PolicyInfo::policy)).toList();
    for (PolicyInfo info : sorted) {
      table.row(
          info.policy(),
          info.id(),
          state(info.state()),
          info.subjects(),
          info.localSubjects(),
          info.rules(),
          info.packets());
    }
    StringBuilder text = new StringBuilder(counted(table, policies.size(), "policies"));
    sorted.forEach(info -> info.problems().forEach(p -> text.append(p).append('\n')));
    return text.toString();
  }

  private static String state(PolicyInfo.State state) {
    return switch (state) {
      case ACTIVE -> "active";
      case LAST_GOOD -> "LAST GOOD";
      case REJECTED -> "REJECTED";
    };
  }

  private static String joined(List<?> things) {
    return things.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  private static String counted(Table table, int count, String what) {
    return count == 0 ? "no " + what + "\n" : table.toString();
  }
}
