package io.sluice.api.store;

import io.sluice.api.policy.PolicyRef;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Extension point 3: the replica of policies of every claimed kind, and their ids.
 *
 * <p>Register an implementation as an OSGi service with the property {@link #NAME}. The contract is
 * that of {@link InputStore}, and:
 *
 * <ol>
 *   <li><b>Ids.</b> The store numbers the policies. A policy keeps its id for as long as it is in
 *       the store, also from one epoch to the next that holds it; an id is not given to another
 *       policy within an epoch. No verdict depends on an id.
 *   <li><b>Kinds.</b> Batches hold {@link io.sluice.api.resource.ClaimedResource} changes only.
 * </ol>
 */
@ConsumerType
public interface PolicyStore extends InputStore {
  /** The ids of all policies that {@link #snapshot} answers, each 1 or more. */
  CompletionStage<Map<PolicyRef, Integer>> ids();
}
