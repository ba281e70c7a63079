package io.sluice.engine.host;

import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Peer;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PolicyRule;
import io.sluice.api.policy.PolicyTranslator;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.policy.Translation;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.NamespaceScope;
import io.sluice.api.selector.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The smallest dialect: {@code app} names the pods that are isolated for ingress, {@code from} the
 * pods of the same namespace that are let in; {@code broken} makes it one to be rejected.
 */
final class LabelDialect implements PolicyTranslator {
  static final ResourceKind KIND = ResourceKind.NETWORK_POLICY;

  private final boolean strict;

  /**
   * Makes one.
   *
   * @param strict whether it rejects everything
   */
  LabelDialect(boolean strict) {
    this.strict = strict;
  }

  LabelDialect() {
    this(false);
  }

  static ClaimedResource policy(String namespace, String name, Map<String, Object> content) {
    return new ClaimedResource(
        new ResourceKey(KIND, namespace, name), "v1", "", content, name + ".yaml");
  }

  @Override
  public Set<ResourceKind> kinds() {
    return Set.of(KIND);
  }

  @Override
  public Translation translate(ClaimedResource resource) {
    ResourceKey key = resource.key();
    GroupSelector subject = pods(key.namespace(), resource.content().getOrDefault("app", ""));
    if (strict || resource.content().containsKey("broken")) {
      return new Translation.Rejected(
          List.of(
              new Problem(
                  resource.origin(), key.toString(), "spec.broken", "is broken", "mend it")),
          Optional.of(subject));
    }
    Object from = resource.content().get("from");
    List<PolicyRule> rules =
        from == null
            ? List.of()
            : List.of(
                new PolicyRule(
                    Direction.INGRESS,
                    Action.ALLOW,
                    List.of(new Peer.Pods(pods(key.namespace(), from))),
                    List.of(new PortMatch.Any()),
                    0));
    return new Translation.Accepted(
        new TranslatedPolicy(
            PolicyRef.of(key), Tier.NAMESPACED, 0, subject, Set.of(Direction.INGRESS), rules),
        List.of());
  }

  private static GroupSelector pods(String namespace, Object app) {
    LabelSelector labels =
        app.equals("")
            ? LabelSelector.EVERYTHING
            : LabelSelector.of(Requirement.equal("app", app.toString()));
    return new GroupSelector(new NamespaceScope.Named(namespace), labels);
  }
}
