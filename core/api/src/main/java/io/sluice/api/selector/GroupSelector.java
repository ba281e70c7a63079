package io.sluice.api.selector;

import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import java.util.Optional;

/**
 * What makes a group: the pods with these labels in these namespaces. Equal selectors share one
 * group. Only {@linkplain Endpoint#selectable() selectable} endpoints are ever members.
 *
 * @param namespaces where to look
 * @param pods what the pods' labels must meet
 */
public record GroupSelector(NamespaceScope namespaces, LabelSelector pods) {
  /** The default group of a namespace: all of its pods. */
  public static GroupSelector defaultGroup(String namespace) {
    return new GroupSelector(new NamespaceScope.Named(namespace), LabelSelector.EVERYTHING);
  }

  /**
   * Whether an endpoint is a member of this group.
   *
   * @param endpoint the endpoint
   * @param namespace the object of its namespace; empty if it is not known
   */
  public boolean selects(Endpoint endpoint, Optional<Namespace> namespace) {
    boolean inScope =
        switch (namespaces) {
          case NamespaceScope.Named(String name) -> name.equals(endpoint.namespace());
          case NamespaceScope.Matching(LabelSelector labels) ->
              namespace.filter(known -> labels.matches(known.labels())).isPresent();
        };
    return inScope && endpoint.selectable() && pods.matches(endpoint.labels());
  }

  @Override
  public String toString() {
    return namespaces + "/" + pods;
  }
}
