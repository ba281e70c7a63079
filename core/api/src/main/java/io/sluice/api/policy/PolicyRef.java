package io.sluice.api.policy;

import io.sluice.api.resource.ResourceKey;

/**
 * Names the policy that a rule comes from.
 *
 * @param kind the kind without its group, for example {@code NetworkPolicy}; {@code System} for
 *     what is built in
 * @param namespace the policy's namespace, empty if it has none
 * @param name the policy's name
 */
public record PolicyRef(String kind, String namespace, String name)
    implements Comparable<PolicyRef> {
  /** The policy that an object of a claimed kind is. */
  public static PolicyRef of(ResourceKey key) {
    return new PolicyRef(key.kind().kind(), key.namespace(), key.name());
  }

  /** A built-in policy, for example {@code own-node}. */
  public static PolicyRef system(String name) {
    return new PolicyRef("System", "", name);
  }

  @Override
  public int compareTo(PolicyRef other) {
    return toString().compareTo(other.toString());
  }

  /** {@code Kind/namespace/name}, or {@code Kind/name}. */
  @Override
  public String toString() {
    return namespace.isEmpty() ? kind + "/" + name : kind + "/" + namespace + "/" + name;
  }
}
