package io.sluice.api.datapath;

import io.sluice.api.policy.PolicyRef;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Extension point 5: a backend that enforces (or, in memory, answers for) the compiled rules of
 * this node.
 *
 * <p>Register an implementation as an OSGi service with the properties {@link #NAME} and {@link
 * #ENFORCING}. How a packet is judged is said in the documentation of this package. Contract:
 *
 * <ol>
 *   <li><b>All or nothing.</b> {@link #snapshot} and {@link #apply} take effect as a whole or not
 *       at all. While they take effect, no packet is allowed that neither the old nor the new
 *       revision allows.
 *   <li><b>Acknowledged, in force.</b> Their stage completes when the switch has acknowledged the
 *       revision. {@link #confirm} completes when, besides, no cached decision of an older revision
 *       is left.
 *   <li><b>From one revision to the next.</b> An update that starts from another revision than the
 *       one held fails with {@link StaleRevisionException} and changes nothing; the engine answers
 *       with a snapshot. A snapshot is taken at any time, and is reached by the difference to what
 *       the switch holds, also on the first start: never by emptying it first.
 *   <li><b>One at a time.</b> The engine has one snapshot or update outstanding and coalesces the
 *       rest.
 *   <li><b>Replies</b> of allowed connections, ICMP errors related to them, ARP and neighbour
 *       discovery with the endpoint's own addresses pass; they are not the rules' business.
 *   <li><b>Identity</b> is where a packet enters and leaves, not what it claims. A packet that
 *       claims an address that is not its endpoint's is dropped. Where two local endpoints claim
 *       one address, a packet must pass the rules of both.
 *   <li><b>Loss of contact</b> with the switch: rules stay; the desired state is remembered and
 *       reached by difference on return. An update given meanwhile stays outstanding until then.
 *   <li><b>Deactivation, stop, uninstall and kill</b> leave the rules in place. Only {@link
 *       #release} removes what is ours, and only the engine calls it.
 *   <li><b>Nothing foreign is touched</b>: flows, tables and zones of others stay as they are.
 *   <li><b>Threads.</b> Called on the engine's thread; every call returns at once and completes
 *       later, on a thread of the datapath.
 *   <li><b>Failures.</b> A stage that fails (other than stale) means the old revision is still in
 *       force; the engine shows it and tries again with a snapshot.
 *   <li><b>Refusing</b> to run (a switch that would fail open, a missing module) is a state, {@link
 *       DatapathStatus.State#REFUSED}, with the remedy.
 *   <li><b>Release</b> may come at any time, also while a snapshot, an update or a confirmation is
 *       outstanding, and again when nothing is left; it completes when nothing of ours is in the
 *       switch, and nothing that was given before it is programmed after it. A snapshot may follow.
 * </ol>
 */
@ConsumerType
public interface Datapath {
  /** Service property (String, mandatory): the backend's name, for example {@code ovs}. */
  String NAME = "sluice.datapath.name";

  /**
   * Service property (Boolean, mandatory): whether packets really pass through this backend. One
   * that does not enforce never replaces one that does.
   */
  String ENFORCING = "enforcing";

  /** Whom to tell; called once, before anything else. */
  void attach(DatapathObserver observer);

  /** Whose traffic this backend really sees. */
  CompletionStage<Coverage> covers(Collection<LocalEndpoint> endpoints);

  /** Moves to this state, from whatever is there. */
  CompletionStage<Void> snapshot(Snapshot snapshot);

  /** Moves to the next revision. */
  CompletionStage<Void> apply(Update update);

  /**
   * Waits until an acknowledged revision is in force.
   *
   * @param revision a revision that was acknowledged; a later one that is in force will do
   */
  CompletionStage<Void> confirm(long revision);

  /** Counters of the rules that have matched anything. */
  CompletionStage<List<RuleCounter>> counters();

  /**
   * What is programmed for a policy, in the backend's own notation, one line each.
   *
   * @param policy the policy
   */
  CompletionStage<List<String>> flows(PolicyRef policy);

  /** How the backend is. Returns at once, from any thread. */
  DatapathStatus status();

  /** Removes everything of ours from the switch. */
  CompletionStage<Void> release();
}
