package io.sluice.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Endpoint.Lifecycle;
import io.sluice.api.resource.Endpoint.Network;
import io.sluice.api.resource.NamedPort;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of pods and of the templates of workloads. */
class PodTest {
  private static final String HEAD =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: n, labels: {app: a}}\n";

  private static List<String> texts(List<IpAddress> addresses) {
    return addresses.stream().map(IpAddress::toString).toList();
  }

  @Test
  void everythingThatPolicyNeeds() {
    Endpoint pod =
        Texts.pod(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: web-0
              namespace: shop
              uid: 7f3c
              labels: {app: web}
              creationTimestamp: "2026-01-01T00:00:00Z"
            spec:
              nodeName: node-a
              containers:
              - name: web
                image: web
                ports: [{name: http, containerPort: 8080}]
            status:
              phase: Running
              podIP: 10.0.0.1
              podIPs: [{ip: 10.0.0.1}, {ip: 'FD00:0::1'}]
              hostIP: 192.0.2.1
              hostIPs: [{ip: 192.0.2.1}, {ip: 'fd01::1'}]
              startTime: "2026-01-01T00:00:05+01:00"
            """);
    assertEquals("shop/web-0", pod.path());
    assertEquals("7f3c", pod.uid());
    assertEquals("node-a", pod.nodeName());
    assertEquals(Map.of("app", "web"), pod.labels());
    assertEquals(List.of("10.0.0.1", "fd00::1"), texts(pod.addresses()));
    assertEquals(List.of("192.0.2.1", "fd01::1"), texts(pod.hostAddresses()));
    assertEquals(List.of(new NamedPort(Protocol.TCP, "http", 8080)), pod.ports());
    assertEquals(Network.POD, pod.network());
    assertEquals(Lifecycle.LIVE, pod.lifecycle());
    assertEquals(Instant.parse("2025-12-31T23:00:05Z"), pod.started());
    assertEquals("f.yaml", pod.origin());
  }

  @Test
  void bareMinimum() {
    Endpoint pod = Texts.pod("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n");
    assertEquals("default/p", pod.path());
    assertEquals(List.of(), pod.addresses());
    assertEquals(Instant.EPOCH, pod.started());
    assertEquals("", pod.nodeName());
  }

  @Test
  void singleAddressesStandInForLists() {
    Endpoint pod = Texts.pod(HEAD + "status: {podIP: 10.0.0.1, hostIP: 192.0.2.1, podIPs: []}\n");
    assertEquals(List.of("10.0.0.1"), texts(pod.addresses()));
    assertEquals(List.of("192.0.2.1"), texts(pod.hostAddresses()));
    assertEquals(
        List.of("10.0.0.2"),
        texts(
            Texts.pod(HEAD + "status: {podIP: 10.0.0.1, podIPs: [{ip: 10.0.0.2}]}\n").addresses()));
  }

  @Test
  void badAddresses() {
    for (String ip : List.of("10.0.0.256", "10.0.0", "010.0.0.1", "'::ffff:10.0.0.1'", "host")) {
      assertEquals(
          List.of("status.podIP"), Texts.wrongFields(HEAD + "status: {podIP: " + ip + "}\n"), ip);
    }
    assertEquals(
        List.of("status.podIPs[1].ip"),
        Texts.wrongFields(HEAD + "status: {podIPs: [{ip: 10.0.0.1}, {ip: x}]}\n"));
    assertEquals(
        List.of("status.podIPs"),
        Texts.wrongFields(HEAD + "status: {podIPs: [{ip: 10.0.0.1}, {ip: 10.0.0.2}]}\n"));
    assertEquals(
        List.of("status.podIPs[0]"), Texts.wrongFields(HEAD + "status: {podIPs: [10.0.0.1]}\n"));
  }

  @Test
  void portsOfRegularAndRestartableInitContainersCount() {
    Endpoint pod =
        Texts.pod(
            HEAD
                + """
                spec:
                  initContainers:
                  - {name: once, ports: [{name: once, containerPort: 1}]}
                  - {name: side, restartPolicy: Always, ports: [{name: side, containerPort: 2}]}
                  containers:
                  - {name: a, ports: [{name: dns, containerPort: 53, protocol: UDP}]}
                  - {name: b, ports: [{name: dns, containerPort: 54}, {containerPort: 99}]}
                """);
    assertEquals(
        Set.of(
            new NamedPort(Protocol.TCP, "side", 2),
            new NamedPort(Protocol.UDP, "dns", 53),
            new NamedPort(Protocol.TCP, "dns", 54)),
        Set.copyOf(pod.ports()));
  }

  @Test
  void declaredPortsNeedNoName() {
    Manifest manifest =
        Texts.read(
            HEAD
                + "spec: {containers: [{ports: [{containerPort: 99}, {containerPort: 53, protocol:"
                + " UDP}]}]}\n");
    assertEquals(
        Set.of(new DeclaredPort(99, Protocol.TCP), new DeclaredPort(53, Protocol.UDP)),
        manifest.ports());
  }

  @Test
  void badPorts() {
    Map<String, String> fields =
        Map.of(
            "{containerPort: 0}", "containerPort",
            "{containerPort: 65536}", "containerPort",
            "{containerPort: '80'}", "containerPort",
            "{containerPort: 80.5}", "containerPort",
            "{name: http}", "containerPort",
            "{containerPort: 80, protocol: tcp}", "protocol",
            "{containerPort: 80, protocol: ICMP}", "protocol",
            "{containerPort: 80, name: Http}", "name",
            "{containerPort: 80, name: 80}", "name",
            "{containerPort: 80, protcol: UDP}", "protcol");
    fields.forEach(
        (port, field) ->
            assertEquals(
                List.of("spec.containers[0].ports[0]." + field),
                Texts.wrongFields(HEAD + "spec: {containers: [{ports: [" + port + "]}]}\n"),
                port));
    assertEquals(
        List.of("spec.containers[0].ports[1].name"),
        Texts.wrongFields(
            HEAD
                + "spec: {containers: [{ports: [{name: a, containerPort: 1}, {name: a,"
                + " containerPort: 2}]}]}\n"));
  }

  @Test
  void lifecycle() {
    for (String phase : List.of("Pending", "Running", "Unknown", "''")) {
      assertEquals(
          Lifecycle.LIVE, Texts.pod(HEAD + "status: {phase: " + phase + "}\n").lifecycle());
    }
    for (String phase : List.of("Succeeded", "Failed")) {
      assertEquals(
          Lifecycle.FINISHED, Texts.pod(HEAD + "status: {phase: " + phase + "}\n").lifecycle());
    }
    assertEquals(List.of("status.phase"), Texts.wrongFields(HEAD + "status: {phase: Done}\n"));
    Endpoint deleted =
        Texts.pod(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: p, deletionTimestamp: '2026-01-01T00:00:00Z'}
            """);
    assertEquals(Lifecycle.LIVE, deleted.lifecycle());
  }

  @Test
  void hostNetwork() {
    for (String yes : List.of("true", "yes", "on")) {
      assertEquals(Network.HOST, Texts.pod(HEAD + "spec: {hostNetwork: " + yes + "}\n").network());
    }
    for (String no : List.of("false", "no", "off", "")) {
      assertEquals(Network.POD, Texts.pod(HEAD + "spec: {hostNetwork: " + no + "}\n").network());
    }
    for (String bad : List.of("1", "maybe", "[]")) {
      assertEquals(
          List.of("spec.hostNetwork"),
          Texts.wrongFields(HEAD + "spec: {hostNetwork: " + bad + "}\n"));
    }
  }

  @Test
  void wrongShapes() {
    assertEquals(List.of("spec"), Texts.wrongFields(HEAD + "spec: []\n"));
    assertEquals(List.of("spec.containers"), Texts.wrongFields(HEAD + "spec: {containers: {}}\n"));
    assertEquals(
        List.of("spec.containers[0]"), Texts.wrongFields(HEAD + "spec: {containers: [x]}\n"));
    assertEquals(List.of("spec.nodeName"), Texts.wrongFields(HEAD + "spec: {nodeName: N}\n"));
    assertEquals(List.of("status.startTime"), Texts.wrongFields(HEAD + "status: {startTime: 1}\n"));
    assertEquals(List.of("specs"), Texts.wrongFields(HEAD + "specs: {}\n"));
  }

  @Test
  void workloadsGiveOneEndpointEach() {
    String template =
        "template: {metadata: {labels: {app: x}}, spec: {containers: [{ports: [{name: http,"
            + " containerPort: 80}]}]}}";
    Map<String, String> kinds =
        Map.of(
            "Deployment", "apps/v1",
            "StatefulSet", "apps/v1",
            "DaemonSet", "apps/v1",
            "Job", "batch/v1",
            "CronJob", "batch/v1");
    kinds.forEach(
        (kind, apiVersion) -> {
          String spec =
              kind.equals("CronJob")
                  ? "{jobTemplate: {spec: {" + template + "}}}"
                  : "{" + template + "}";
          Manifest manifest =
              Texts.read(
                  "apiVersion: "
                      + apiVersion
                      + "\nkind: "
                      + kind
                      + "\nmetadata: {name: w, namespace: n, labels: {not: this}}\nspec: "
                      + spec
                      + "\n");
          assertEquals(List.of(), manifest.problems());
          assertEquals(List.of(), manifest.resources());
          Workload workload = manifest.workloads().getFirst();
          assertEquals(kind + "/n/w", workload.path());
          assertEquals(Map.of("app", "x"), workload.endpoint().labels());
          assertEquals(
              List.of(new NamedPort(Protocol.TCP, "http", 80)), workload.endpoint().ports());
          assertEquals(List.of(), workload.endpoint().addresses());
          assertFalse(manifest.isBlank());
        });
  }

  @Test
  void badTemplatesAreRefused() {
    String head = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w}\n";
    assertEquals(
        List.of("spec.template.metadata.labels[a]"),
        Texts.wrongFields(head + "spec: {template: {metadata: {labels: {a: 1}}}}\n"));
    assertEquals(
        List.of("apiVersion"),
        Texts.wrongFields(head.replace("apps/v1", "apps/v1beta1") + "spec: {}\n"));
  }
}
