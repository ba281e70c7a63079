package io.sluice.api.store;

import io.sluice.api.net.IpAddress;
import io.sluice.api.selector.GroupSelector;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Extension point 2: the replica of namespaces, nodes and endpoints, with the label-to-address
 * index.
 *
 * <p>Register an implementation as an OSGi service with the property {@link #NAME}. The contract is
 * that of {@link InputStore}, and:
 *
 * <ol>
 *   <li><b>Look-up.</b> {@link #addresses} answers from the batches taken, by the rules of {@link
 *       GroupSelector}: selectable endpoints only; a namespace that is not known matches no
 *       namespace selector.
 *   <li><b>Kinds.</b> Batches hold Namespace, Node and Endpoint changes only.
 * </ol>
 */
@ConsumerType
public interface LabelStore extends InputStore {
  /**
   * The addresses of the endpoints that a group selects.
   *
   * @param selector the group
   */
  CompletionStage<Set<IpAddress>> addresses(GroupSelector selector);
}
