/**
 * The agent as a process: the unpacked distribution, started and stopped through {@code bin/sluice}
 * with folders of its own, asked through its administration socket.
 *
 * <pre>{@code
 * Agent agent = new Agent(distribution, folder, settings, starter);
 * agent.start();
 * agent.settle();
 * agent.kill();  // as a crash would
 * agent.start(); // with the same folders
 * }</pre>
 */
@NullMarked
package io.sluice.lab.agent;

import org.jspecify.annotations.NullMarked;
