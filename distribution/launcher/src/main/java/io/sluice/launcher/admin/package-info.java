/**
 * The commands of {@code bin/sluice} that drive an agent from outside: {@code start}, {@code stop},
 * {@code status} and {@code shell}.
 *
 * <p>They share nothing with the agent but its folders: whether one runs is told by the lock in the
 * run folder ({@link io.sluice.launcher.FolderLock}), everything else by the administration socket
 * ({@link io.sluice.launcher.admin.AdminConnection}, where its protocol is described). How far an
 * agent has come is read from {@code sluice:status} ({@link io.sluice.launcher.admin.AgentState}).
 */
@NullMarked
package io.sluice.launcher.admin;

import org.jspecify.annotations.NullMarked;
