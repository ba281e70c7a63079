package io.sluice.shell;

import static io.sluice.api.text.JsonText.object;

import io.sluice.api.control.Component;
import io.sluice.api.control.DatapathInfo;
import io.sluice.api.control.Decision;
import io.sluice.api.control.EndpointInfo;
import io.sluice.api.control.Explanation;
import io.sluice.api.control.GroupInfo;
import io.sluice.api.control.PolicyInfo;
import io.sluice.api.control.ReleaseResult;
import io.sluice.api.control.Settled;
import io.sluice.api.control.Status;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What commands answer with {@code --json}. A field keeps its name and meaning; new ones may come.
 * Words of a choice are in lower case.
 */
final class Documents {
  private Documents() {}

  private static <T> List<?> each(List<T> all, Function<? super T, ?> one) {
    return all.stream().map(one).toList();
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static Map<String, @Nullable Object> status(Status status) {
    Set<Problem> problems = new LinkedHashSet<>(status.problems());
    status.components().forEach(part -> problems.addAll(part.problems()));
    return object(
        "node", status.node(),
        "readiness", word(status.readiness()),
        "datapath", status.datapath(),
        "enforcing", status.enforcing(),
        "revision", status.revision(),
        "acknowledged", status.acknowledged(),
        "inForce", status.inForce(),
        "components", each(status.components(), Documents::component),
        "problems", each(List.copyOf(problems), Documents::problem),
        "counters", new TreeMap<>(status.counters()));
  }

  private static Map<String, @Nullable Object> component(Component part) {
    return object(
        "kind", part.kind(),
        "name", part.name(),
        "state", part.state(),
        "detail", part.detail(),
        "numbers", new TreeMap<>(part.numbers()));
  }

  static Map<String, @Nullable Object> problem(Problem problem) {
    return object(
        "origin", problem.origin(),
        "object", problem.object(),
        "field", problem.field(),
        "message", problem.message(),
        "remedy", problem.remedy());
  }

  static Map<String, @Nullable Object> endpoints(List<EndpointInfo> endpoints) {
    return object("endpoints", each(endpoints, Documents::endpoint));
  }

  private static Map<String, @Nullable Object> endpoint(EndpointInfo info) {
    Endpoint endpoint = info.endpoint();
    return object(
        "namespace", endpoint.namespace(),
        "name", endpoint.name(),
        "node", endpoint.nodeName(),
        "local", info.local(),
        "network", word(endpoint.network()),
        "lifecycle", word(endpoint.lifecycle()),
        "addresses", each(endpoint.addresses(), Object::toString),
        "labels", new TreeMap<>(endpoint.labels()),
        "binding", info.binding(),
        "isolatedForIngressBy", names(info.ingress()),
        "isolatedForEgressBy", names(info.egress()));
  }

  private static List<?> names(List<PolicyRef> policies) {
    return each(policies, Object::toString);
  }

  static Map<String, @Nullable Object> groups(List<GroupInfo> groups) {
    return object("groups", each(groups, Documents::group));
  }

  private static Map<String, @Nullable Object> group(GroupInfo group) {
    return object(
        "id", group.id(),
        "namespaces", group.selector().namespaces().toString(),
        "pods", group.selector().pods().toString(),
        "default", group.isDefault(),
        "members", group.members(),
        "localMembers", group.localMembers(),
        "rules", group.rules());
  }

  static Map<String, @Nullable Object> policies(List<PolicyInfo> policies) {
    return object("policies", each(policies, Documents::policy));
  }

  private static Map<String, @Nullable Object> policy(PolicyInfo info) {
    return object(
        "policy", info.policy().toString(),
        "id", info.id(),
        "state", word(info.state()),
        "pods", info.subjects(),
        "localPods", info.localSubjects(),
        "rules", info.rules(),
        "packets", info.packets(),
        "problems", each(info.problems(), Documents::problem));
  }

  static Map<String, @Nullable Object> explanation(Explanation explanation) {
    return object(
        "from", explanation.from(),
        "to", explanation.to(),
        "service", explanation.service(),
        "verdict", word(explanation.verdict()),
        "egress", decision(explanation.egress()),
        "ingress", decision(explanation.ingress()));
  }

  private static Map<String, @Nullable Object> decision(Decision decision) {
    return object(
        "verdict", word(decision.verdict()),
        "reason", decision.reason().text(),
        "policies", names(decision.policies()),
        "rule", decision.rule(),
        "missing", decision.missing(),
        "hint", decision.hint());
  }

  static Map<String, @Nullable Object> settled(Settled settled) {
    return object(
        "revision", settled.revision(),
        "datapath", settled.datapath(),
        "enforcing", settled.enforcing(),
        "tookMillis", settled.took().toMillis());
  }

  static Map<String, @Nullable Object> datapaths(List<DatapathInfo> datapaths) {
    return object("datapaths", each(datapaths, Documents::datapath));
  }

  static Map<String, @Nullable Object> datapath(DatapathInfo info) {
    return object(
        "name", info.name(),
        "ranking", info.ranking(),
        "enforcing", info.enforcing(),
        "state", word(info.state()),
        "revision", info.revision(),
        "inForce", info.inForce(),
        "covered", info.covered(),
        "endpoints", info.endpoints(),
        "problems", each(info.problems(), Documents::problem));
  }

  static Map<String, @Nullable Object> released(List<ReleaseResult> results) {
    return object(
        "released",
        each(
            results,
            result ->
                object(
                    "datapath", result.datapath(),
                    "removed", result.removed(),
                    "detail", result.detail())));
  }
}
