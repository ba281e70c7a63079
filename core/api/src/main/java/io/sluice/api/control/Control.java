package io.sluice.api.control;

import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.policy.PolicyRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Administration of a running agent; the engine registers it as an OSGi service.
 *
 * <p>Every method may be called from any thread, returns at once and completes later with an
 * immutable picture of one moment. A question about something that does not exist fails with {@link
 * IllegalArgumentException}, whose message names it.
 */
@ProviderType
public interface Control {
  /** How the agent is. */
  CompletionStage<Status> status();

  /** The agent in numbers; cheaper than {@link #status}. */
  CompletionStage<Measurements> measurements();

  /**
   * What the chosen datapath has counted for each rule that has matched anything; the rules of
   * these ids are those of {@link #rules}. As dear as reading the counters of a whole switch: not
   * to be asked every second.
   */
  CompletionStage<List<RuleCounter>> counters();

  /** All known endpoints, by namespace and name. */
  CompletionStage<List<EndpointInfo>> endpoints();

  /** All groups, by selector. */
  CompletionStage<List<GroupInfo>> groups();

  /** All policies, by name. */
  CompletionStage<List<PolicyInfo>> policies();

  /** The compiled rules of this node, system tier first. */
  CompletionStage<List<Rule>> rules();

  /**
   * Why a packet would be allowed or denied now, by the compiled rules.
   *
   * @param from who sends it
   * @param to who receives it
   * @param service its protocol and destination port
   */
  CompletionStage<Explanation> explain(Party from, Party to, Service service);

  /**
   * Looks at everything for what is broken, and for what is legal and probably not meant: policies
   * that select nothing, ports that no pod has, blocks that cover pods, pods without a name server,
   * namespaces without default deny, other policy engines on this node. Questions asked meanwhile
   * share one answer. Takes a moment; the engine goes on with its work in between.
   */
  CompletionStage<LintReport> lint();

  /**
   * What the chosen datapath has programmed for a policy, in its own notation.
   *
   * @param policy the policy
   */
  CompletionStage<List<String>> flows(PolicyRef policy);

  /**
   * Reads every input again and waits until all of it is in force: every source has re-read its
   * input completely, the engine has consumed it, and the chosen datapath has acknowledged it with
   * its caches revalidated. With no enforcing datapath configured, the in-memory one counts.
   *
   * <p>Fails with {@link NotSettledException} if a source has lost contact, an input is refused, or
   * the time is over.
   *
   * @param timeout how long to wait
   */
  CompletionStage<Settled> settle(Duration timeout);

  /** Every bound datapath, and those that are gone and left rules behind; the chosen one first. */
  CompletionStage<List<DatapathInfo>> datapaths();

  /**
   * Makes a datapath the enforcing one, until the agent is restarted or the configuration names
   * another: it takes over from the one that is chosen now, if it covers what that one covers and
   * confirms its rules. Also ends what {@link #release} began, and tries again one that was
   * rejected.
   *
   * <p>Completes when the outcome is known, at the latest when the time for a takeover is over: the
   * state is {@link DatapathInfo.State#CHOSEN}, or {@link DatapathInfo.State#REJECTED} with the
   * reason among the problems; then the other one stays. Fails with {@link IllegalStateException}
   * if the datapath disappears meanwhile or something else is wanted meanwhile.
   *
   * @param name its name; one that enforces nothing never replaces one that enforces
   */
  CompletionStage<DatapathInfo> useDatapath(String name);

  /**
   * Removes everything of ours from every enforcing datapath, and feeds none of them until {@link
   * #useDatapath} names one or the agent is restarted. Nothing protects pods from then on.
   *
   * @return for each enforcing datapath what came of it; also those that are gone and left rules
   */
  CompletionStage<List<ReleaseResult>> release();
}
