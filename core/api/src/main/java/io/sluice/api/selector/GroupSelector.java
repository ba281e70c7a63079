package io.sluice.api.selector;

/**
 * What makes a group: the pods with these labels in these namespaces. Equal selectors share one
 * group. Only {@linkplain io.sluice.api.resource.Endpoint#selectable() selectable} endpoints are
 * ever members.
 *
 * @param namespaces where to look
 * @param pods what the pods' labels must meet
 */
public record GroupSelector(NamespaceScope namespaces, LabelSelector pods) {
  /** The default group of a namespace: all of its pods. */
  public static GroupSelector defaultGroup(String namespace) {
    return new GroupSelector(new NamespaceScope.Named(namespace), LabelSelector.EVERYTHING);
  }

  @Override
  public String toString() {
    return namespaces + "/" + pods;
  }
}
