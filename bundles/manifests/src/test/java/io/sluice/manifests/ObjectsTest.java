package io.sluice.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Node;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Type, metadata, Namespace, Node, and what is skipped. */
class ObjectsTest {
  private static String object(String apiVersion, String kind, String metadata) {
    return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: " + metadata + "\n";
  }

  private static String policy(String metadata) {
    return object("networking.k8s.io/v1", "NetworkPolicy", metadata);
  }

  @Test
  void claimedKindsTravelAsTrees() {
    ClaimedResource policy =
        (ClaimedResource) Texts.one(policy("{name: p, namespace: n, uid: u}") + "spec: {x: 1}\n");
    assertEquals(new ResourceKey(ResourceKind.NETWORK_POLICY, "n", "p"), policy.key());
    assertEquals("v1", policy.version());
    assertEquals("u", policy.uid());
    assertEquals(Map.of("x", 1L), policy.content().get("spec"));
    assertEquals("networking.k8s.io/v1", policy.content().get("apiVersion"));
  }

  @Test
  void missingNamespaceIsDefault() {
    for (String metadata :
        List.of("{name: p}", "{name: p, namespace: ''}", "{name: p, namespace: }")) {
      assertEquals("default", Texts.one(policy(metadata)).key().namespace());
    }
  }

  @Test
  void typeIsNeeded() {
    assertEquals(List.of("kind"), Texts.wrongFields("apiVersion: v1\nmetadata: {name: a}\n"));
    assertEquals(List.of("apiVersion"), Texts.wrongFields("kind: Pod\nmetadata: {name: a}\n"));
    assertEquals(List.of("kind"), Texts.wrongFields("apiVersion: v1\nkind: 1\n"));
    assertEquals(List.of("apiVersion"), Texts.wrongFields("apiVersion: a/b/c\nkind: Pod\n"));
  }

  @Test
  void otherKindsAreSkippedAndCounted() {
    Manifest manifest =
        Texts.read(
            object("v1", "Secret", "{name: NOT-OURS}")
                + "---\n"
                + object("v1", "Secret", "{}")
                + "---\n"
                + object("example.com/v1", "Pod", "{name: a}")
                + "---\n"
                + object("projectcalico.org/v3", "NetworkPolicy", "{name: a}"));
    assertEquals(List.of(), manifest.problems());
    assertEquals(List.of(), manifest.resources());
    assertEquals(
        Map.of("Secret", 2, "Pod.example.com", 1, "NetworkPolicy.projectcalico.org", 1),
        manifest.skipped());
  }

  @Test
  void policyUnderAWrongGroupIsNotSkipped() {
    for (String apiVersion :
        List.of("v1", "extensions/v1beta1", "networking/v1", "networkng.k8s.io/v1")) {
      assertEquals(
          List.of("apiVersion"),
          Texts.wrongFields(object(apiVersion, "NetworkPolicy", "{name: a}")),
          apiVersion);
    }
    assertEquals(List.of("apiVersion"), Texts.wrongFields(object("v2", "Pod", "{name: a}")));
    assertEquals(List.of("apiVersion"), Texts.wrongFields(object("apps/v1", "Pod", "{name: a}")));
  }

  @Test
  void namesAreChecked() {
    assertEquals(List.of("metadata.name"), Texts.wrongFields(policy("{}")));
    assertEquals(List.of("metadata.name"), Texts.wrongFields(policy("{generateName: a}")));
    assertEquals(List.of("metadata.name"), Texts.wrongFields(policy("{name: Not_Good}")));
    assertEquals(
        List.of("metadata.name"),
        Texts.wrongFields(policy("{name: 1}")).stream().distinct().toList());
    assertEquals(
        List.of("metadata.namespace"), Texts.wrongFields(policy("{name: a, namespace: a.b}")));
    assertEquals(
        List.of("metadata.name"), Texts.wrongFields(object("v1", "Namespace", "{name: a.b}")));
    assertEquals(List.of(), Texts.wrongFields(object("v1", "Node", "{name: a.b}")));
    assertEquals(
        List.of("metadata.namespace"),
        Texts.wrongFields(object("v1", "Node", "{name: a, namespace: b}")));
    assertEquals(List.of("metadata", "metadata.name"), Texts.wrongFields(policy("[]")));
  }

  @Test
  void refusedObjectsAreNamedWhereTheyCanBe() {
    Manifest bad = Texts.read(policy("{name: p, namespace: n, labels: {a: b c}}"));
    assertEquals(Set.of(new ResourceKey(ResourceKind.NETWORK_POLICY, "n", "p")), bad.refused());
    assertTrue(bad.intact());
    assertEquals("NetworkPolicy/n/p", bad.problems().getFirst().object());
    assertFalse(Texts.read(policy("{labels: {a: b}}")).intact());
  }

  @Test
  void labelsAreChecked() {
    assertEquals(
        List.of("metadata.labels[a b]"), Texts.wrongFields(policy("{name: p, labels: {a b: x}}")));
    assertEquals(
        List.of("metadata.labels[a]"), Texts.wrongFields(policy("{name: p, labels: {a: x y}}")));
    for (String value : List.of("1", "1.10", "true", "[]", "{}")) {
      assertEquals(
          List.of("metadata.labels[a]"),
          Texts.wrongFields(policy("{name: p, labels: {a: " + value + "}}")),
          value);
    }
    assertEquals(
        Map.of("a", "", "b", "yes", "c", "1", Namespace.NAME_LABEL, "n"),
        ((Namespace)
                Texts.one(object("v1", "Namespace", "{name: n, labels: {a: , b: yes, c: '1'}}")))
            .labels());
    assertEquals(List.of("metadata.labels"), Texts.wrongFields(policy("{name: p, labels: [a]}")));
  }

  @Test
  void annotationsAreChecked() {
    assertEquals(
        List.of(), Texts.wrongFields(policy("{name: p, annotations: {A.b/C: 'any text'}}")));
    assertEquals(
        List.of("metadata.annotations[a b]"),
        Texts.wrongFields(policy("{name: p, annotations: {a b: x}}")));
    assertEquals(
        List.of("metadata.annotations[a]"),
        Texts.wrongFields(policy("{name: p, annotations: {a: 1}}")));
    String long256k = "x".repeat(256 << 10);
    assertEquals(
        List.of("metadata.annotations"),
        Texts.wrongFields(policy("{name: p, annotations: {a: " + long256k + "}}")));
  }

  @Test
  void misspelledMetadataIsRefused() {
    assertEquals(List.of("metadata.label"), Texts.wrongFields(policy("{name: p, label: {a: b}}")));
    assertEquals(
        List.of("metadata.creationTimestamp"),
        Texts.wrongFields(policy("{name: p, creationTimestamp: yesterday}")));
  }

  @Test
  void everyProblemOfAnObjectIsTold() {
    assertEquals(
        List.of("metadata.name", "metadata.namespace", "metadata.x", "metadata.labels[a]"),
        Texts.wrongFields(policy("{name: P, namespace: N, x: y, labels: {a: 1}}")));
  }

  @Test
  void namespacesCarryTheirName() {
    Namespace plain = (Namespace) Texts.one(object("v1", "Namespace", "{name: n, labels: {a: b}}"));
    assertEquals(Map.of("a", "b", Namespace.NAME_LABEL, "n"), plain.labels());
    assertEquals(
        plain,
        Texts.one(
            object(
                "v1", "Namespace", "{name: n, labels: {a: b, kubernetes.io/metadata.name: n}}")));
    assertEquals(
        List.of("metadata.labels[kubernetes.io/metadata.name]"),
        Texts.wrongFields(
            object("v1", "Namespace", "{name: n, labels: {kubernetes.io/metadata.name: other}}")));
  }

  @Test
  void nodesHaveTheirAddresses() {
    String node = object("v1", "Node", "{name: n, labels: {zone: a}}");
    Node read =
        (Node)
            Texts.one(
                node
                    + """
                    status:
                      addresses:
                      - {type: InternalIP, address: 192.0.2.1}
                      - {type: ExternalIP, address: '2001:db8::1'}
                      - {type: Hostname, address: node-1}
                      - {type: Hostname, address: 192.0.2.1}
                      - {type: InternalDNS, address: 192.0.2.9}
                    """);
    assertEquals(Map.of("zone", "a"), read.labels());
    assertEquals(
        List.of("192.0.2.1", "2001:db8::1", "192.0.2.9"),
        read.addresses().stream().map(IpAddress::toString).toList());
    assertEquals(
        List.of("status.addresses[0].address"),
        Texts.wrongFields(
            node + "status: {addresses: [{type: InternalIP, address: 192.0.2.300}]}\n"));
  }

  @Test
  void filesPutTogetherKeepTheFirst() {
    Manifest first = Texts.read(object("v1", "Namespace", "{name: n, labels: {a: b}}"));
    Manifest second = Texts.read(object("v1", "Namespace", "{name: n}"));
    ManifestSet set = ManifestSet.of(List.of(first, second));
    assertEquals(first.resources(), List.copyOf(set.resources().values()));
    assertEquals(List.of("Namespace/n"), set.problems().stream().map(Problem::object).toList());
  }
}
