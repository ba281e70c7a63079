/**
 * Everything around the policy engine: what turns it into a running agent.
 *
 * <p>{@link io.sluice.engine.host.Registry} binds the extension points and hands them over to the
 * {@link io.sluice.engine.host.Agent}. The agent lives on one event loop of Vert.x, the {@link
 * io.sluice.engine.host.Loop}; everything else in this package is confined to that loop unless it
 * says otherwise, so that there are no locks and no order to get wrong.
 *
 * <p>The way of an event: a source sends a batch through its {@link io.sluice.engine.host.BusSink};
 * {@link io.sluice.engine.host.SessionServer} takes it from the bus, checks its place in the
 * session and answers with credit; {@link io.sluice.engine.host.Inbox} asks {@link
 * io.sluice.engine.host.Holdings} what it changes, has policies translated by the {@link
 * io.sluice.engine.host.PolicyBook}, tells the policy engine and the {@link
 * io.sluice.engine.host.Stores}; at the end of the turn {@link io.sluice.engine.host.Turn} commits
 * one revision and offers it to the {@link io.sluice.engine.host.Datapaths}, each of which has a
 * {@link io.sluice.engine.host.DatapathDriver}; {@link io.sluice.engine.host.Succession} says which
 * of them enforces, and how another one takes over.
 *
 * <p>Nothing leaves the agent for an enforcing datapath before {@link io.sluice.engine.host.Gate}
 * is open: until every source has said everything, what is in the switch stays. Sources that are
 * away are replaced by the last known state: {@link io.sluice.engine.host.DurableCopy} takes what
 * durable stores held when the agent started.
 */
@NullMarked
package io.sluice.engine.host;

import org.jspecify.annotations.NullMarked;
