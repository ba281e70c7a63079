/**
 * The agent's own copy of its inputs, on the node's disk: what it enforces from when it is started
 * while its sources are away.
 *
 * <p>Two stores of one make, {@link io.sluice.policies.mvstore.MvPolicyStore} and {@link
 * io.sluice.policies.mvstore.MvLabelStore}, each with one file and one thread ({@link
 * io.sluice.policies.mvstore.StoreThread}), so that nobody else ever waits for the disk. The thread
 * takes what has queued up as one group, has the {@link io.sluice.policies.mvstore.Replica} apply
 * it, forces it to the disk once, and only then completes the stages.
 *
 * <p>The file is an MVStore, which appends: space is never used again, so that what was forced to
 * the disk is not touched by what is written later. A file that has grown far beyond what it holds
 * is written anew beside itself and renamed ({@link io.sluice.policies.mvstore.CopyFile}). MVStore
 * checks the frames of what it reads, not the content; that is why each entry carries a checksum,
 * and each picture the sum of them ({@link io.sluice.policies.mvstore.Picture}): damage is found,
 * never believed. A damaged file is set aside under another name, and an empty one begins.
 */
@NullMarked
package io.sluice.policies.mvstore;

import org.jspecify.annotations.NullMarked;
