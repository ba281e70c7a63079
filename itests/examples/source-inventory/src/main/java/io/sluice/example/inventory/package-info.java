/**
 * Example of extension point 1, an event source: {@code inventory} polls a table of machines that
 * are no pods, so that selectors of policies can name them like pods. A table is text:
 *
 * <pre>
 * # machines beside the cluster
 * namespace  office          team=it
 * machine    office/printer  10.9.0.4,fd00:9::4  app=printer
 * closed     office/nothing-in-nothing-out
 * end
 * </pre>
 *
 * <p>A machine becomes an endpoint without a node; {@code closed} becomes a NetworkPolicy that
 * selects every endpoint of the namespace and allows nothing.
 *
 * <p>What keeps this source from deleting by accident:
 *
 * <ul>
 *   <li>An answer other than 200 or 304, or none, is loss of contact.
 *   <li>So is a table without its last line {@code end}: it was cut off on the way.
 *   <li>So is a table that holds nothing though something is known of it.
 *   <li>A line that is wrong keeps what it said before; if it can't be told what it is about,
 *       nothing at all is deleted until it is mended.
 * </ul>
 *
 * <p>The protocol with the engine (credit, merging, sequence numbers) is {@link
 * io.sluice.api.source.PacedSession}'s; what is left is to read the input and to compare it with
 * what was there before.
 */
@NullMarked
package io.sluice.example.inventory;

import org.jspecify.annotations.NullMarked;
