package io.sluice.itests.host.dropin;

import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PolicyTranslator;
import io.sluice.api.policy.Tier;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.policy.Translation;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.NamespaceScope;
import java.util.List;
import java.util.Set;

/** A dialect of one word: an object of the kind Closed isolates its namespace for ingress. */
public final class ClosedDialect implements PolicyTranslator {
  private static final ResourceKind CLOSED = new ResourceKind("dropin.example.com", "Closed");

  @Override
  public Set<ResourceKind> kinds() {
    return Set.of(CLOSED);
  }

  @Override
  public Translation translate(ClaimedResource resource) {
    return new Translation.Accepted(
        new TranslatedPolicy(
            PolicyRef.of(resource.key()),
            Tier.NAMESPACED,
            0,
            new GroupSelector(
                new NamespaceScope.Named(resource.key().namespace()), LabelSelector.EVERYTHING),
            Set.of(Direction.INGRESS),
            List.of()),
        List.of());
  }
}
