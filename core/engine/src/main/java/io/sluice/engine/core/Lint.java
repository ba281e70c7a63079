package io.sluice.engine.core;

import io.sluice.api.control.Finding;
import io.sluice.api.resource.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/**
 * One look at all policies and pods for what is legal and probably not meant.
 *
 * <p>It goes in small steps, between which whoever owns the engine may do other work: what is
 * looked at is each policy and each pod as it is at its step, by the groups that are compiled
 * anyway, so that nothing is copied but what the end needs. What has gone meanwhile is left out.
 * What takes longer and needs no compiled state (blocks against all addresses, policies against
 * each other) is done at the end by {@link LintFacts#conclude}, on any thread.
 */
public final class Lint {
  private static final int POLICIES = 8;
  private static final int PODS = 64;

  /** What is known of pods in the same groups is forgotten after so many, to bound its memory. */
  private static final int KNOWN = 4096;

  private final Index index;
  private final Iterator<CompiledPolicy> policies;
  private final int policyCount;
  private final NameServers servers;
  private final PolicyLint policyLint;
  private final PodLint podLint;
  private final List<Endpoint> pods = new ArrayList<>();
  private int searched;
  private int looked;

  Lint(Index index, Judge judge, Collection<CompiledPolicy> policies) {
    this.index = index;
    this.policies = List.copyOf(policies).iterator();
    policyCount = policies.size();
    servers = new NameServers();
    policyLint = new PolicyLint(index);
    podLint = new PodLint(judge, servers);
  }

  /**
   * Does a little, some tens of microseconds as a rule. To be called where the engine is.
   *
   * @return whether there is more to do
   */
  public boolean step() {
    if (searched < index.slots()) {
      searched = each(searched, servers::look);
      return true;
    }
    if (policies.hasNext()) {
      for (int i = 0; i < POLICIES && policies.hasNext(); i++) {
        CompiledPolicy policy = policies.next();
        if (!policy.removed) {
          policyLint.look(policy);
        }
      }
      return true;
    }
    if (looked < index.slots()) {
      looked = each(looked, this::look);
      if (looked % KNOWN == 0 || looked == index.slots()) {
        podLint.forget();
      }
      return true;
    }
    return false;
  }

  private int each(int from, java.util.function.Consumer<Slot> look) {
    int to = Math.min(index.slots(), from + PODS);
    for (int number = from; number < to; number++) {
      index
          .slotIfAny(number)
          .filter(slot -> slot.endpoint.selectable() || isHost(slot))
          .ifPresent(look);
    }
    return to;
  }

  private static boolean isHost(Slot slot) {
    return slot.endpoint.network() == Endpoint.Network.HOST
        && slot.endpoint.lifecycle() == Endpoint.Lifecycle.LIVE;
  }

  private void look(Slot slot) {
    if (slot.endpoint.selectable()) {
      pods.add(slot.endpoint);
      podLint.look(slot);
    }
  }

  /** What was found, once {@link #step} has nothing more to do; on any thread. */
  public LintFacts facts() {
    List<Finding> findings = new ArrayList<>(policyLint.findings());
    findings.addAll(podLint.findings());
    return new LintFacts(
        findings, policyLint.blocks(), List.copyOf(pods), policyLint.sources(), policyCount);
  }
}
