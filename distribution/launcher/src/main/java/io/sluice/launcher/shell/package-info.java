/**
 * {@code sluice shell}: an interactive session with a running agent, with line editing, history and
 * completion.
 *
 * <p>All of it is on the client's side of the administration socket: a terminal library inside the
 * agent would tie the daemon to a terminal. Commands and what a line can go on with ({@code
 * sluice:complete}) are asked of the agent.
 */
@NullMarked
package io.sluice.launcher.shell;

import org.jspecify.annotations.NullMarked;
