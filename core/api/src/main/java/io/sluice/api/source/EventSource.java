package io.sluice.api.source;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Extension point 1: where resources come from.
 *
 * <p>Register an implementation as an OSGi service with the property {@link #NAME}. Contract:
 *
 * <ol>
 *   <li><b>Everything, then synced, then changes.</b> A session begins with all objects that exist,
 *       in any order and in as many batches as is convenient; the batch that completes the picture
 *       is the first with {@link Batch#synced()}; then changes follow for as long as the session
 *       lives. Every later batch has synced true as well.
 *   <li><b>Loss of contact is no deletion.</b> An input that is unreadable, unreachable, empty
 *       where it was not, or gone as a whole sends no deletions. The source says {@link
 *       SourceStatus.State#LOST} (or DEGRADED, for a part) and keeps what it knows.
 *   <li><b>Reconciliation.</b> When contact is back, deletions missed meanwhile are sent.
 *   <li><b>Credit.</b> One batch is outstanding. What changes meanwhile is merged by key; {@link
 *       PacedSession} does this, or {@link ChangeBuffer} for sessions of another make. Memory of
 *       waiting changes is bounded by the number of objects.
 *   <li><b>Order.</b> The last change sent for a key is its state. No order between keys is
 *       promised to or expected by the engine.
 *   <li><b>Bad input</b> is refused object by object, with a {@link io.sluice.api.resource.Problem}
 *       in the status; the last good state of that object stays.
 *   <li><b>Threads.</b> {@link #open} is called on the engine's thread and must return at once,
 *       before the first batch is sent or after. The source sends from a thread of its own. One
 *       session is open at a time; the engine closes the old one before it opens the next.
 *   <li><b>Failures.</b> {@link #open} throws nothing; a source that can't start says so by status.
 *       Nothing is thrown into the engine.
 *   <li><b>End.</b> After {@link SourceSession#close} no batch and no status is sent.
 * </ol>
 */
@ConsumerType
public interface EventSource {
  /**
   * Service property (String, mandatory): the name of the source in status and messages, for
   * example {@code files}.
   */
  String NAME = "sluice.source.name";

  /**
   * Opens a session.
   *
   * @param request which kinds are wanted
   * @param sink where batches and states go
   * @return the session
   */
  SourceSession open(SessionRequest request, BatchSink sink);
}
