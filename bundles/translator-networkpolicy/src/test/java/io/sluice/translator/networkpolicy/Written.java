package io.sluice.translator.networkpolicy;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sluice.api.policy.Translation;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Policies written in YAML, for tests. */
final class Written {
  private Written() {}

  /** The object with this text, which goes by shop/web. */
  static ClaimedResource object(String yaml) {
    return named("shop", "web", yaml);
  }

  static ClaimedResource named(String namespace, String name, String yaml) {
    Object tree = tree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    Map<String, Object> content = new LinkedHashMap<>();
    ((Map<?, ?>) tree).forEach((key, value) -> content.put((String) key, value));
    return new ClaimedResource(
        new ResourceKey(ResourceKind.NETWORK_POLICY, namespace, name),
        "v1",
        "",
        content,
        "web.yaml");
  }

  private static Object tree(@Nullable Object value) {
    return switch (value) {
      case null -> ClaimedResource.NULL;
      case Integer number -> number.longValue();
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        list.forEach(item -> copy.add(tree(item)));
        yield copy;
      }
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, item) -> copy.put(key, tree(item)));
        yield copy;
      }
      default -> value;
    };
  }

  /** What the translator says of a policy with this spec, in flow style. */
  static Translation translate(String spec) {
    return new NetworkPolicyTranslator().translate(object("spec: " + spec));
  }

  static Translation.Accepted accepted(String spec) {
    Translation translation = translate(spec);
    return assertInstanceOf(Translation.Accepted.class, translation, translation::toString);
  }

  static Translation.Rejected rejected(String spec) {
    Translation translation = translate(spec);
    return assertInstanceOf(Translation.Rejected.class, translation, translation::toString);
  }
}
