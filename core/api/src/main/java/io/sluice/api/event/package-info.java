/**
 * What the engine publishes on the Vert.x event bus, for any bundle that likes to know.
 *
 * <p>Each record has an {@code ADDRESS}; its instances are published there as they are (a record
 * crosses bundles as the same object). Publication is best effort: whoever comes late or is slow
 * misses events, and nothing waits for a listener. What must not be missed is in {@link
 * io.sluice.api.control.Control}.
 */
@NullMarked
@Version("1.1.0")
package io.sluice.api.event;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
