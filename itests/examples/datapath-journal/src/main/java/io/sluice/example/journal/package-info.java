/**
 * Example of extension point 5, a datapath: {@code journal} enforces nothing and writes what would
 * be programmed to a file, so that two versions of a policy, or of Sluice, can be compared before
 * either is let near a switch.
 *
 * <p>The file has one JSON object a line. Each change of the desired state is one group of lines
 * that ends with {@code "change":"end"}; what was cut off before its end counts for nothing. A
 * group that starts with {@code "change":"begin"} holds everything, and what stands before it
 * counts no more: a start, a release, a new file, or a write that had failed. Revision 0 holds
 * nothing. Reading all groups in order gives what the datapath holds.
 *
 * <p>Only the chosen datapath is fed: name it with {@code datapath use journal}, or {@code datapath
 * = journal} in {@code io.sluice.engine.cfg}, on a node where none enforces.
 */
@NullMarked
package io.sluice.example.journal;

import org.jspecify.annotations.NullMarked;
