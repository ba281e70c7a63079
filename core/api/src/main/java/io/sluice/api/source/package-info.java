/**
 * The extension point through which resources enter: {@link io.sluice.api.source.EventSource}.
 *
 * <p>A source speaks in <em>sessions</em>. The engine opens a session and hands over a {@link
 * io.sluice.api.source.BatchSink}; the source sends everything it has, marks the batch that
 * completes it as synced, and goes on with changes. Each batch is answered with credit for the next
 * one, so a slow engine slows the source down and never the other way round; what waits meanwhile
 * is merged by key in a {@link io.sluice.api.source.ChangeBuffer}. Batches carry an epoch and a
 * sequence number; a gap is a protocol error and re-opens the session. {@link
 * io.sluice.api.source.PacedSession} does all of this for a source with one thread, which is left
 * with what only it can know: what its input holds, and whether it can be read.
 *
 * <p>The rule that matters most: an input that can't be read is <em>loss of contact</em>, never a
 * deletion.
 */
@NullMarked
@Version("1.1.0")
package io.sluice.api.source;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
