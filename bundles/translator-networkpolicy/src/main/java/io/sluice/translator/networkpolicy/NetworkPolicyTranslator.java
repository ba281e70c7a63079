package io.sluice.translator.networkpolicy;

import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PolicyTranslator;
import io.sluice.api.policy.Tier;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.policy.Translation;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.NamespaceScope;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Translates {@code networking.k8s.io/v1} NetworkPolicy; stateless. */
@Component(property = PolicyTranslator.NAME + "=networkpolicy")
public final class NetworkPolicyTranslator implements PolicyTranslator {
  private static final String VERSION = "v1";
  private static final KnownFields OBJECT =
      KnownFields.of("apiVersion", "kind", "metadata", "spec", "status");

  /** Makes one. */
  public NetworkPolicyTranslator() {}

  @Override
  public Set<ResourceKind> kinds() {
    return Set.of(ResourceKind.NETWORK_POLICY);
  }

  @Override
  public Translation translate(ClaimedResource resource) {
    Report report = new Report(resource);
    ResourceKey key = resource.key();
    Field root = new Field(report, "", resource.content());
    Fields object = root.object(OBJECT);
    checkVersion(resource, object.get("apiVersion"));
    checkKind(object.get("kind"));
    Metadata.check(object.get("metadata"), key.name(), key.namespace());
    Spec spec = Spec.read(object.get("spec"), key.namespace());
    if (!report.problems().isEmpty()) {
      boolean readable = object.sound() || object.get("spec").given();
      return new Translation.Rejected(
          report.problems(), spec.subject().filter(any -> readable).map(pods -> group(key, pods)));
    }
    return new Translation.Accepted(
        new TranslatedPolicy(
            PolicyRef.of(key),
            Tier.NAMESPACED,
            0,
            group(key, spec.subject().orElseThrow()),
            spec.isolates(),
            spec.rules()),
        report.warnings());
  }

  /** A policy is about pods of its own namespace. */
  private static GroupSelector group(ResourceKey key, LabelSelector pods) {
    return new GroupSelector(new NamespaceScope.Named(key.namespace()), pods);
  }

  private static void checkVersion(ClaimedResource resource, Field apiVersion) {
    String expected = ResourceKind.NETWORK_POLICY.group() + "/" + VERSION;
    Optional<String> written =
        apiVersion.given()
            ? apiVersion.text()
            : Optional.of(ResourceKind.NETWORK_POLICY.group() + "/" + resource.version());
    if (written.isPresent() && !written.get().equals(expected)) {
      apiVersion.problem(
          Shown.quoted(written.get()) + " is not understood", "write apiVersion: " + expected);
    }
  }

  private static void checkKind(Field kind) {
    String expected = ResourceKind.NETWORK_POLICY.kind();
    if (kind.given() && kind.text().filter(text -> !text.equals(expected)).isPresent()) {
      kind.problem(kind.shown() + " is not the kind claimed", "write kind: " + expected);
    }
  }
}
