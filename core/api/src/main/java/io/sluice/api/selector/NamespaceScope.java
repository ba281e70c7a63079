package io.sluice.api.selector;

/** Which namespaces a group looks into. */
public sealed interface NamespaceScope {
  /** Every namespace that exists. */
  NamespaceScope ALL = new Matching(LabelSelector.EVERYTHING);

  /**
   * The one namespace of this name. Needs no Namespace object: a pod's namespace is known by name
   * before its labels are.
   *
   * @param namespace its name
   */
  record Named(String namespace) implements NamespaceScope {
    @Override
    public String toString() {
      return namespace;
    }
  }

  /**
   * The namespaces whose labels match. A namespace whose object is not known (yet) is unresolved:
   * it is not matched, not even by NotIn, DoesNotExist or {@code {}}.
   *
   * @param selector what the namespace's labels must meet
   */
  record Matching(LabelSelector selector) implements NamespaceScope {
    @Override
    public String toString() {
      return "[" + selector + "]";
    }
  }
}
