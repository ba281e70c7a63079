/**
 * Event source {@code kubernetes}: the API server.
 *
 * <p>One {@link io.sluice.source.kubernetes.Reflector} for each kind lists it in pages and then
 * watches it from the list's resource version, on a thread of its own; {@link
 * io.sluice.source.kubernetes.Worker} owns what is known and speaks to the engine. Objects are
 * projected while they are parsed ({@link io.sluice.manifests.ApiReader}). What the server does,
 * and what it means:
 *
 * <ul>
 *   <li>A watch that ends is opened again where it stopped; a history that is gone (410 Gone, as a
 *       status or as an event) is followed by a list, which finds the deletions that were missed.
 *   <li>A server that does not answer is asked again after growing, scattered pauses, or after what
 *       its Retry-After says. Nothing is deleted meanwhile, and the status is LOST.
 *   <li>Whether the server is there is asked every few seconds on a connection of its own, so that
 *       a process that hangs is noticed as well as one that is gone. A watch that is silent for
 *       longer than bookmarks take is opened again.
 *   <li>A list counts when it is complete: what it lacks is deleted then, and not before. A server
 *       that has no namespaces though some are known has lost its data, or is another: nothing is
 *       deleted.
 *   <li>An object that can't be understood is refused alone. A kind that the server refuses (403)
 *       is named with the rule that is missing; a claimed kind that it does not know is named, and
 *       keeps nobody waiting.
 * </ul>
 */
@NullMarked
package io.sluice.source.kubernetes;

import org.jspecify.annotations.NullMarked;
