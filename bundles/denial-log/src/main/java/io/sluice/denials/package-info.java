/**
 * The denial log: a file with one line for each denied flow, rotated by size.
 *
 * <p>What is written was published by the engine as {@link io.sluice.api.event.DeniedFlow}, long
 * after the packet's fate was sealed: nothing here is on a packet's path. The bus hands over to a
 * bounded queue, one thread takes from it, folds repeats and writes. What does not fit into the
 * queue or on the disk is counted, and reported as a problem.
 */
@NullMarked
package io.sluice.denials;

import org.jspecify.annotations.NullMarked;
