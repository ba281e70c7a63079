package io.sluice.reachability;

import static io.sluice.reachability.Manifests.namespace;
import static io.sluice.reachability.Manifests.pod;
import static io.sluice.reachability.Manifests.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small clusters; each expected row follows from the rules of NetworkPolicy by hand. */
class AnswersTest {
  private static final String SHOP =
      namespace("shop", "team: a")
          + pod("shop", "web", "app: web", 8080, "10.0.0.1")
          + pod("shop", "db", "app: db", 5432, "10.0.0.2");

  private static List<String> rows(String manifests, String... arguments) throws IOException {
    String[] all = new String[arguments.length + 2];
    all[0] = "--output";
    all[1] = "json";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    Run run = Run.on(manifests, all);
    assertEquals(0, run.status(), run.err().toString());
    return run.rows();
  }

  @Test
  void withoutPoliciesEverythingIsAllowed() throws IOException {
    assertEquals(
        List.of(
            "shop/db@10.0.0.2 > shop/web@10.0.0.1 80/TCP allow: allow default, allow default",
            "shop/web@10.0.0.1 > shop/db@10.0.0.2 80/TCP allow: allow default, allow default"),
        rows(SHOP, "--ports", "80"));
  }

  @Test
  void isolatedPodsAllowWhatAPolicyAllows() throws IOException {
    String policies =
        policy("shop", "z-deny", "{podSelector: {}}")
            + policy(
                "shop",
                "db",
                "{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector:"
                    + " {matchLabels: {app: web}}}], ports: [{port: 5432}]}]}");
    assertEquals(
        List.of(
            "shop/db@10.0.0.2 > shop/web@10.0.0.1 5432/TCP deny:"
                + " allow default, deny NetworkPolicy/shop/z-deny",
            "shop/web@10.0.0.1 > shop/db@10.0.0.2 5432/TCP allow:"
                + " allow default, allow NetworkPolicy/shop/db",
            "shop/db@10.0.0.2 > shop/web@10.0.0.1 5432/UDP deny:"
                + " allow default, deny NetworkPolicy/shop/z-deny",
            "shop/web@10.0.0.1 > shop/db@10.0.0.2 5432/UDP deny:"
                + " allow default, deny NetworkPolicy/shop/db,NetworkPolicy/shop/z-deny"),
        java.util.stream.Stream.of("5432/TCP", "5432/UDP")
            .flatMap(
                port -> {
                  try {
                    return rows(SHOP + policies, "--ports", port).stream();
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                })
            .toList());
  }

  @Test
  void bothSidesMustAllow() throws IOException {
    String egress =
        policy(
            "shop",
            "out",
            "{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to:"
                + " [{ipBlock: {cidr: 10.0.0.0/24}}]}]}");
    assertEquals(
        List.of(
            "shop/web@10.0.0.1 > 10.9.9.9@10.9.9.9 80/TCP deny:"
                + " deny NetworkPolicy/shop/out, allow none",
            "shop/web@10.0.0.1 > shop/db@10.0.0.2 80/TCP allow:"
                + " allow NetworkPolicy/shop/out, allow default"),
        rows(SHOP + egress, "--ports", "80", "--external", "10.9.9.9", "--from", "shop/web"));
    assertEquals(
        List.of(
            "shop/web@10.0.0.1 > shop/db@10.0.0.2 80/TCP deny:"
                + " allow NetworkPolicy/shop/out, deny NetworkPolicy/shop/in"),
        rows(
            SHOP + egress + policy("shop", "in", "{podSelector: {matchLabels: {app: db}}}"),
            "--ports",
            "80",
            "--from",
            "shop/web"));
  }

  @Test
  void namespaceSelectorsNeedTheNamespace() throws IOException {
    String other = pod("other", "x", "app: x", 80, "10.0.1.1");
    String policy =
        policy(
            "shop",
            "in",
            "{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{namespaceSelector:"
                + " {matchExpressions: [{key: team, operator: NotIn, values: [a]}]}}]}]}");
    String[] question = {"--ports", "80", "--from", "other", "--to", "shop/db"};
    assertEquals(
        List.of(
            "other/x@10.0.1.1 > shop/db@10.0.0.2 80/TCP deny:"
                + " allow default, deny NetworkPolicy/shop/in"),
        rows(SHOP + other + policy, question),
        "an unknown namespace is not matched, not even by NotIn");
    assertEquals(
        List.of(
            "other/x@10.0.1.1 > shop/db@10.0.0.2 80/TCP allow:"
                + " allow default, allow NetworkPolicy/shop/in"),
        rows(SHOP + other + policy + namespace("other", ""), question));
  }

  @Test
  void namedPortsAreThoseOfEachDestination() throws IOException {
    String policy = policy("shop", "in", "{podSelector: {}, ingress: [{ports: [{port: http}]}]}");
    assertEquals(
        List.of(
            "shop/db@10.0.0.2 > shop/web@10.0.0.1 8080/TCP allow:"
                + " allow default, allow NetworkPolicy/shop/in",
            "shop/web@10.0.0.1 > shop/db@10.0.0.2 5432/TCP allow:"
                + " allow default, allow NetworkPolicy/shop/in"),
        rows(SHOP + policy, "--ports", "http"));
    assertEquals(List.of(), rows(SHOP + policy, "--ports", "smtp"));
    assertEquals(
        List.of(
            "shop/db@10.0.0.2 > shop/web@10.0.0.1 5432/TCP deny:"
                + " allow default, deny NetworkPolicy/shop/in"),
        rows(SHOP + policy, "--ports", "5432", "--to", "shop/web"));
  }

  @Test
  void portsAreThoseThatPodsAndPoliciesName() throws IOException {
    String policy =
        policy(
            "shop",
            "in",
            "{podSelector: {}, ingress: [{ports: [{port: 9000, endPort: 9010, protocol: UDP},"
                + " {protocol: SCTP}]}]}");
    assertEquals(
        List.of("5432/TCP", "8080/TCP", "9000/UDP", "9010/UDP"),
        rows(SHOP + policy, "--from", "shop/web").stream()
            .map(row -> row.split(" ", -1)[3])
            .toList());
  }

  @Test
  void familiesDoNotMix() throws IOException {
    String cluster =
        namespace("shop", "")
            + pod("shop", "a", "app: a", 80, "10.0.0.1", "fd00::1")
            + pod("shop", "b", "app: b", 80, "fd00::2", "10.0.0.2")
            + pod("shop", "c", "app: c", 80, "fd00::3")
            + policy(
                "shop",
                "v4",
                "{podSelector: {matchLabels: {app: b}}, ingress: [{from: [{ipBlock: {cidr:"
                    + " 0.0.0.0/0}}]}]}");
    assertEquals(
        List.of(
            "2001:db8::9@2001:db8::9 > shop/b@fd00::2 80/TCP deny:"
                + " allow none, deny NetworkPolicy/shop/v4",
            "shop/a@10.0.0.1 > shop/b@10.0.0.2 80/TCP allow:"
                + " allow default, allow NetworkPolicy/shop/v4",
            "shop/a@fd00::1 > shop/b@fd00::2 80/TCP deny:"
                + " allow default, deny NetworkPolicy/shop/v4",
            "shop/c@fd00::3 > shop/b@fd00::2 80/TCP deny:"
                + " allow default, deny NetworkPolicy/shop/v4"),
        rows(cluster, "--ports", "80", "--to", "shop/b", "--external", "2001:DB8::9"));
  }

  @Test
  void ownNodeAlwaysReachesItsPods() throws IOException {
    String closed = policy("shop", "deny", "{podSelector: {}}");
    assertEquals(
        List.of(
            "192.0.2.1@192.0.2.1 > shop/db@10.0.0.2 80/TCP allow: allow none, allow own-node",
            "192.0.2.2@192.0.2.2 > shop/db@10.0.0.2 80/TCP deny:"
                + " allow none, deny NetworkPolicy/shop/deny"),
        rows(
            SHOP + closed,
            "--ports",
            "80",
            "--external",
            "192.0.2.2,192.0.2.1",
            "--from",
            "192.0.2.1,192.0.2.2",
            "--to",
            "shop/db"));
  }

  @Test
  void podsOnTheNodesNetworkAreTheNode() throws IOException {
    String agent =
        """
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: agent, namespace: shop, labels: {app: web}}
        spec: {nodeName: %s, hostNetwork: true, containers: []}
        status: {phase: Running, hostIP: %s}
        """;
    String cluster =
        SHOP
            + agent.formatted("n1", "192.0.2.1")
            + policy(
                "shop",
                "db",
                "{podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{from:"
                    + " [{podSelector: {matchLabels: {app: web}}}]}]}");
    assertEquals(
        List.of(
            "shop/agent@192.0.2.1 > shop/db@10.0.0.2 80/TCP allow: allow none, allow own-node",
            "shop/agent@192.0.2.1 > shop/web@10.0.0.1 80/TCP allow: allow none, allow own-node"),
        rows(cluster, "--ports", "80", "--from", "shop/agent"),
        "the node reaches its pods; its own policies are nobody's");
    assertEquals(
        List.of(
            "shop/agent@192.0.2.9 > shop/db@10.0.0.2 80/TCP deny:"
                + " allow none, deny NetworkPolicy/shop/db"),
        rows(
            cluster
                .replace("nodeName: n1, hostNetwork", "nodeName: n9, hostNetwork")
                .replace(
                    "{phase: Running, hostIP: 192.0.2.1}", "{phase: Running, hostIP: 192.0.2.9}"),
            "--ports",
            "80",
            "--from",
            "shop/agent",
            "--to",
            "shop/db"),
        "on another node its labels match no selector");
  }

  @Test
  void podsOnTheNodesNetworkMayLeaveTheAddressToTheNode() throws IOException {
    String agent =
        """
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: n9}
        status: {addresses: [{type: InternalIP, address: 192.0.2.9}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: agent, namespace: shop}
        spec: {nodeName: n9, hostNetwork: true, containers: []}
        status: {phase: Running}
        """;
    assertEquals(
        List.of(
            "shop/agent@192.0.2.9 > shop/db@10.0.0.2 80/TCP deny:"
                + " allow none, deny NetworkPolicy/shop/deny"),
        rows(
            SHOP + agent + policy("shop", "deny", "{podSelector: {}}"),
            "--ports",
            "80",
            "--from",
            "shop/agent",
            "--to",
            "shop/db"));
  }

  @Test
  void workloadsStandForTheirPods() throws IOException {
    String workload =
        """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api, namespace: shop, labels: {app: db}}
        spec:
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{ports: [{name: http, containerPort: 9000}]}]}
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: nightly, namespace: shop}
        spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: job}}}}}}
        """;
    String policy =
        policy(
            "shop",
            "web",
            "{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector:"
                + " {matchLabels: {app: job}}}], ports: [{port: http}]}]}");
    assertEquals(
        List.of(
            "203.0.113.9@203.0.113.9 > shop/api 9000/TCP deny:"
                + " allow none, deny NetworkPolicy/shop/web",
            "shop/db@10.0.0.2 > shop/api 9000/TCP deny:"
                + " allow default, deny NetworkPolicy/shop/web",
            "shop/nightly > shop/api 9000/TCP allow:"
                + " allow default, allow NetworkPolicy/shop/web",
            "shop/web@10.0.0.1 > shop/api 9000/TCP deny:"
                + " allow default, deny NetworkPolicy/shop/web"),
        rows(
            SHOP + workload + policy,
            "--ports",
            "http",
            "--to",
            "shop/api",
            "--external",
            "203.0.113.9"));
  }

  @Test
  void workloadThatSharesItsNameSaysItsKind() throws IOException {
    String workload =
        """
        ---
        apiVersion: %s/v1
        kind: %s
        metadata: {name: %s, namespace: shop}
        spec: {template: {spec: {}}}
        """;
    assertEquals(
        List.of("shop/db.deployment", "shop/x.job", "shop/x.statefulset"),
        rows(
                SHOP
                    + workload.formatted("apps", "Deployment", "db")
                    + workload.formatted("apps", "StatefulSet", "x")
                    + workload.formatted("batch", "Job", "x"),
                "--ports",
                "80",
                "--to",
                "shop/web")
            .stream()
            .map(row -> row.split(" ", -1)[0])
            .filter(from -> !from.contains("@"))
            .toList());
  }
}
