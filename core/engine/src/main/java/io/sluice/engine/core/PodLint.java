package io.sluice.engine.core;

import io.sluice.api.control.Finding;
import io.sluice.api.control.Finding.Severity;
import io.sluice.api.policy.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks at one pod after another: what protects it, and whether it can ask a name server. */
final class PodLint {
  private static final String DNS_REMEDY =
      "allow it: {to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name:"
          + " kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{protocol:"
          + " UDP, port: 53}, {protocol: TCP, port: 53}]}";

  private static final int NAMED = 3;

  private final Judge judge;
  private final NameServers servers;
  private final Map<String, Protection> namespaces = new TreeMap<>();
  private final Map<String, Pods> nameless = new TreeMap<>();

  private final Map<SubjectRules, Known> known = new HashMap<>();

  /**
   * What holds for all pods in the same groups.
   *
   * @param byDefault whether a policy about all pods isolates them for ingress
   * @param nameless the policies that keep them from every name server; empty if they reach one
   */
  private record Known(boolean byDefault, String nameless) {}

  /** How many pods, and the first of them. */
  private static final class Pods {
    private int count;
    private String first = "";

    private void add(String path) {
      first = count++ == 0 || path.compareTo(first) < 0 ? path : first;
    }
  }

  /** What is isolated for ingress in a namespace, and whether that is so for whatever comes. */
  private static final class Protection {
    private final Pods open = new Pods();
    private int isolated;
    private boolean byDefault;
  }

  PodLint(Judge judge, NameServers servers) {
    this.judge = judge;
    this.servers = servers;
  }

  void look(Slot slot) {
    SubjectRules rules = judge.rules(slot);
    Known about = known.computeIfAbsent(rules, this::ask);
    Protection protection =
        namespaces.computeIfAbsent(slot.endpoint.namespace(), name -> new Protection());
    if (rules.side(Direction.INGRESS).isolation().isEmpty()) {
      protection.open.add(slot.endpoint.path());
    } else {
      protection.isolated++;
      protection.byDefault |= about.byDefault();
    }
    if (!about.nameless().isEmpty() && !servers.isOn(slot.endpoint.nodeName())) {
      nameless.computeIfAbsent(about.nameless(), names -> new Pods()).add(slot.endpoint.path());
    }
  }

  /** Asked once for all pods in the same groups. */
  private Known ask(SubjectRules rules) {
    Isolation egress = rules.side(Direction.EGRESS).isolation();
    return new Known(
        rules.side(Direction.INGRESS).isolation().policies.stream()
            .anyMatch(policy -> policy.source.subject().pods().isEverything()),
        egress.isEmpty() || servers.areReachedBy(rules) ? "" : named(egress));
  }

  /** Forgets what it knows of rules, to bound its memory; what it has found stays. */
  void forget() {
    known.clear();
    judge.forget();
  }

  /** The first few policies stand for all of them. */
  private static String named(Isolation isolation) {
    return isolation.policies.size() <= NAMED
        ? isolation.names()
        : String.join(
                ",", isolation.policies.stream().limit(NAMED).map(CompiledPolicy::name).toList())
            + ",...";
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    nameless.forEach(
        (policies, pods) ->
            findings.add(
                new Finding(
                    "no-dns-egress",
                    Severity.WARNING,
                    policies,
                    "spec.egress",
                    pods.count
                        + (pods.count == 1 ? " pod is" : " pods are")
                        + " isolated for egress and can reach no name server on 53/UDP or 53/TCP,"
                        + " for example "
                        + pods.first
                        + ": names can't be resolved there",
                    DNS_REMEDY)));
    namespaces.forEach(
        (name, protection) -> {
          if (!protection.byDefault) {
            findings.add(noDefault(name, protection));
          }
        });
    return findings;
  }

  /** Some that are isolated beside some that are not look like an oversight. */
  private static Finding noDefault(String name, Protection protection) {
    int open = protection.open.count;
    return new Finding(
        "no-default-deny",
        open > 0 && protection.isolated > 0 ? Severity.WARNING : Severity.HINT,
        "Namespace/" + name,
        "",
        open == 0
            ? "no policy isolates all of its pods for ingress: a pod with other labels than those"
                + " it has now would be open"
            : open
                + " of "
                + (open + protection.isolated)
                + " pods are open for ingress from anywhere, for example "
                + protection.open.first,
        "a NetworkPolicy in it with spec: {podSelector: {}, policyTypes: [Ingress]} denies what no"
            + " other policy allows");
  }
}
