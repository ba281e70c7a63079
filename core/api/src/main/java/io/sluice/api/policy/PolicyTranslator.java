package io.sluice.api.policy;

import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.ResourceKind;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Extension point 4: a policy dialect.
 *
 * <p>Register an implementation as an OSGi service with the property {@link #NAME}. Contract:
 *
 * <ol>
 *   <li><b>Pure.</b> The result depends on the given object only: no clock, no state, no other
 *       object. Equal objects give equal results.
 *   <li><b>Total.</b> Every object of a claimed kind gives an {@link Translation.Accepted} or a
 *       {@link Translation.Rejected}; nothing is thrown, however odd the tree is.
 *   <li><b>All or nothing.</b> What is not understood in any part is rejected as a whole, naming
 *       each field and its remedy. An unknown field is not understood.
 *   <li><b>Unresolved never widens.</b> Defaults of the API are applied here, never later; an empty
 *       list in a result matches nothing.
 *   <li><b>Threads.</b> {@link #translate} is called on any thread, also on several at once, and
 *       does not block.
 *   <li><b>Kinds.</b> {@link #kinds} never changes. A kind that two translators claim belongs to
 *       the higher ranked service; a translator that comes makes the sources watch its kinds, and
 *       one that goes leaves its policies in force as they were last translated.
 * </ol>
 */
@ConsumerType
public interface PolicyTranslator {
  /** Service property (String, mandatory): the dialect's name in status and messages. */
  String NAME = "sluice.translator.name";

  /** The kinds that this dialect translates. */
  Set<ResourceKind> kinds();

  /**
   * Translates one object.
   *
   * @param resource an object of a claimed kind
   */
  Translation translate(ClaimedResource resource);
}
