/**
 * What a source delivers: Kubernetes objects, reduced to what policy needs.
 *
 * <p>A {@link io.sluice.api.resource.Resource} is one object as received. Three kinds are
 * understood by the engine itself: {@link io.sluice.api.resource.Namespace}, {@link
 * io.sluice.api.resource.Node} and {@link io.sluice.api.resource.Endpoint} (a pod, projected while
 * it is parsed; nobody keeps whole pods). Every other kind travels as a {@link
 * io.sluice.api.resource.ClaimedResource}: a plain tree that only the translator which claimed the
 * kind understands.
 *
 * <p>Everything here is an immutable record, so that an object may cross bundles and threads as it
 * is.
 */
@NullMarked
@Version("1.0.0")
package io.sluice.api.resource;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
