/**
 * Example of extension point 2, a label store: {@code directory} keeps namespaces, nodes and
 * endpoints in a directory of its own, and has them again after a crash.
 *
 * <p>One file, {@code picture-<n>}, holds one epoch: the batches that were taken, each with its
 * length and checksum, in the order taken. A batch is written and forced to the disk before it is
 * visible and before its stage completes; what a crash cuts off at the end of the file was never
 * answered and is dropped when the file is opened again. A file that has grown to a multiple of
 * what it holds is written anew beside itself and renamed.
 *
 * <p>While a new epoch is not complete, the file of the last complete one stays and is what
 * snapshots answer: a crash in the middle of writing everything anew loses nothing.
 *
 * <p>The directory is locked: a fencing token protects from an older writer, the lock from a second
 * process.
 */
@NullMarked
package io.sluice.example.directory;

import org.jspecify.annotations.NullMarked;
