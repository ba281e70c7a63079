/**
 * The service manager is told how the agent is, by the protocol of sd_notify(3): datagrams of
 * {@code NAME=value} lines to the Unix socket that {@code NOTIFY_SOCKET} names.
 *
 * <p>The unit is ready when everything that the agent has read is in force; until then its start is
 * extended for as long as the agent answers, however long its sources are away, since no restart
 * would bring them back. From then on the watchdog is fed while it answers: an agent that hangs is
 * killed and started again, and its rules stay in place meanwhile.
 */
@NullMarked
package io.sluice.launcher.systemd;

import org.jspecify.annotations.NullMarked;
