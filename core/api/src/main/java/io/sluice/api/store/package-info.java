/**
 * The extension points for replicas of the inputs: {@link io.sluice.api.store.LabelStore} and
 * {@link io.sluice.api.store.PolicyStore}.
 *
 * <p>Stores are written behind the engine and are never consulted on an event's path: a store that
 * is slow, full or away shows as <em>not durable</em> in the status and delays no verdict. A
 * durable store is read once, when the agent starts: with the sources away, it goes on from there.
 * A node that has no watcher of its own reads its inputs from a store, through an adapter that is
 * an event source like any other.
 */
@NullMarked
@Version("1.0.0")
package io.sluice.api.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
