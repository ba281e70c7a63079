package io.sluice.example.quarantine;

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
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.NamespaceScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Translates {@code examples.sluice.io/v1} Quarantine; stateless. */
@Component(property = PolicyTranslator.NAME + "=quarantine")
public final class QuarantineTranslator implements PolicyTranslator {
  static final ResourceKind KIND = new ResourceKind("examples.sluice.io", "Quarantine");

  private static final String VERSION = "v1";
  private static final Set<String> OBJECT = Set.of("apiVersion", "kind", "metadata", "spec");
  private static final Set<String> SPEC = Set.of("podSelector", "reason");

  /** What the API server puts into the metadata of every object. */
  private static final Set<String> METADATA =
      Set.of(
          "name",
          "generateName",
          "namespace",
          "labels",
          "annotations",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "finalizers",
          "ownerReferences",
          "managedFields",
          "selfLink");

  /** Makes one. */
  public QuarantineTranslator() {}

  @Override
  public Set<ResourceKind> kinds() {
    return Set.of(KIND);
  }

  @Override
  public Translation translate(ClaimedResource resource) {
    Problems problems = new Problems(resource);
    Optional<LabelSelector> pods =
        problems
            .map("", resource.content(), OBJECT)
            .flatMap(
                object -> {
                  problems.map("metadata", object.get("metadata"), METADATA);
                  return problems.map("spec", object.get("spec"), SPEC);
                })
            .flatMap(spec -> selector(problems, spec));
    if (!resource.version().equals(VERSION)) {
      problems.add(
          "apiVersion", "is not understood", "write apiVersion: " + KIND.group() + "/" + VERSION);
    }
    if (resource.key().namespace().isEmpty()) {
      problems.add("metadata.namespace", "is missing", "write the namespace of the pods");
    }
    Optional<GroupSelector> subject = pods.map(labels -> subject(resource, labels));
    if (!problems.found().isEmpty() || subject.isEmpty()) {
      return new Translation.Rejected(problems.found(), subject);
    }
    return new Translation.Accepted(
        new TranslatedPolicy(
            PolicyRef.of(resource.key()),
            Tier.ADMIN,
            0,
            subject.get(),
            Set.of(),
            List.of(deny(Direction.INGRESS), deny(Direction.EGRESS))),
        warnings(problems, subject.get()));
  }

  private static Optional<LabelSelector> selector(Problems problems, Map<?, ?> spec) {
    if (spec.containsKey("reason") && !(spec.get("reason") instanceof String)) {
      problems.add("spec.reason", "is not a string", "put it in quotes, or remove it");
    }
    return PodLabels.read(problems, spec);
  }

  private static GroupSelector subject(ClaimedResource resource, LabelSelector pods) {
    return new GroupSelector(new NamespaceScope.Named(resource.key().namespace()), pods);
  }

  private static PolicyRule deny(Direction direction) {
    return new PolicyRule(
        direction, Action.DENY, List.of(new Peer.Any()), List.of(new PortMatch.Any()), 0);
  }

  private static List<Problem> warnings(Problems problems, GroupSelector subject) {
    return subject.pods().isEverything()
        ? List.of(
            problems.about(
                "spec.podSelector",
                "cuts off every pod of the namespace",
                "if that is not meant, name the pods with matchLabels"))
        : List.of();
  }
}
