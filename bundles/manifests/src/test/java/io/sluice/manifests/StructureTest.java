package io.sluice.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Documents, lists, syntax. */
class StructureTest {
  private static final String POLICY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: p}
      """;

  private static String namespace(String name) {
    return "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: " + name + "\n";
  }

  private static List<String> names(Manifest manifest) {
    return manifest.resources().stream().map(resource -> resource.key().name()).toList();
  }

  private static Map<String, Object> tree(String text) {
    return ((ClaimedResource) Texts.one(text)).content();
  }

  @Test
  void severalDocuments() {
    Manifest manifest =
        Texts.read("# head\n---\n" + namespace("a") + "--- # next\n" + namespace("b") + "---\n");
    assertEquals(List.of(), manifest.problems());
    assertEquals(List.of("a", "b"), names(manifest));
    assertTrue(manifest.intact());
  }

  @Test
  void windowsLineEndsAndByteOrderMark() {
    String text = "\uFEFF" + (namespace("a") + "---\n" + namespace("b")).replace("\n", "\r\n");
    assertEquals(List.of("a", "b"), names(Texts.read(text)));
  }

  @Test
  void dashesInsideOfTextDoNotEndDocuments() {
    Map<String, Object> tree =
        tree(POLICY + "spec:\n  text: |\n    a\n    --- b\n  more: \"---\"\n");
    assertEquals(Map.of("text", "a\n--- b\n", "more", "---"), tree.get("spec"));
  }

  @Test
  void blankFilesAreBlank() {
    for (String text :
        List.of("", "\n", "# only this\n", "---\n---\n", "null\n", "---\n# x\n...\n")) {
      assertTrue(Texts.read(text).isBlank(), text);
    }
    assertTrue(Texts.read("kind: List\napiVersion: v1\nitems: []\n").isBlank());
    assertTrue(Texts.read("kind: List\napiVersion: v1\nitems:\n").isBlank());
    assertFalse(Texts.read("kind: ConfigMap\napiVersion: v1\n").isBlank());
  }

  @Test
  void listsAreOpened() {
    String item = "{apiVersion: v1, kind: Namespace, metadata: {name: %s}}";
    String items = "items: [" + item.formatted("a") + ", " + item.formatted("b") + "]\n";
    assertEquals(List.of("a", "b"), names(Texts.read("kind: List\napiVersion: v1\n" + items)));
    assertEquals(List.of("a", "b"), names(Texts.read(items + "kind: List\napiVersion: v1\n")));
    assertEquals(
        List.of("a"),
        names(
            Texts.read(
                "kind: List\napiVersion: v1\nitems:\n- kind: List\n  apiVersion: v1\n  items: ["
                    + item.formatted("a")
                    + "]\n")));
  }

  @Test
  void typedListsGiveTheirItemsAKind() {
    String items = "items: [{metadata: {name: a}}]\n";
    for (String text :
        List.of(
            "kind: NamespaceList\napiVersion: v1\n" + items,
            items + "kind: NamespaceList\napiVersion: v1\n")) {
      assertEquals(List.of("a"), names(Texts.read(text)), text);
    }
    Manifest policies =
        Texts.read("kind: NetworkPolicyList\napiVersion: networking.k8s.io/v1\n" + items);
    assertEquals(ResourceKind.NETWORK_POLICY, policies.resources().getFirst().key().kind());
  }

  @Test
  void itemsOfWhatIsNoListAreRefused() {
    String items = "items: [{apiVersion: v1, kind: Namespace, metadata: {name: a}}]\n";
    Manifest first = Texts.read(items + "kind: Namespace\napiVersion: v1\nmetadata: {name: b}\n");
    assertEquals(List.of("items"), first.problems().stream().map(Problem::field).toList());
    assertEquals(List.of(), names(first));
    assertEquals(List.of("items"), Texts.wrongFields("kind: List\napiVersion: v1\nitems: [1]\n"));
    // After the kind it is a field like any other, for the translator to judge.
    assertTrue(tree(POLICY + items).containsKey("items"));
  }

  @Test
  void jsonAndYamlGiveTheSame() {
    Resource yaml =
        Texts.one(POLICY + "spec:\n  a: [1, -2.5, true, null, 'x']\n  b: {c: ~, d: {}}\n");
    Resource json =
        Texts.one(
            """
            {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
             "metadata": {"name": "p"},
             "spec": {"a": [1, -2.5, true, null, "x"], "b": {"c": null, "d": {}}}}
            """);
    assertEquals(yaml, json);
  }

  @Test
  void jsonDocumentsFollowOneAnother() {
    String json = "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}";
    assertEquals(
        List.of("a", "b", "c"),
        names(
            Texts.read(
                json.formatted("a") + json.formatted("b") + "\n---\n" + json.formatted("c"))));
  }

  @Test
  void flowYamlIsNotJson() {
    assertEquals(
        List.of("a"),
        names(Texts.read("{apiVersion: v1, kind: Namespace, metadata: {name: a}} # end\n")));
  }

  @Test
  void nullIsToldFromAbsent() {
    Map<String, Object> tree = tree(POLICY + "spec:\n  podSelector:\n");
    assertEquals(Map.of("podSelector", ClaimedResource.NULL), tree.get("spec"));
  }

  @Test
  void contentCanNotBeChanged() {
    Map<String, Object> tree = tree(POLICY + "spec: {a: {}}\n");
    org.junit.jupiter.api.Assertions.assertThrows(
        UnsupportedOperationException.class, () -> tree.put("x", "y"));
  }

  @Test
  void duplicateKeysAreRefused() {
    for (String text :
        List.of(
            POLICY + "spec: {a: 1, a: 1}\n",
            POLICY + POLICY,
            "{\"kind\": \"NetworkPolicy\", \"kind\": \"NetworkPolicy\"}")) {
      Manifest manifest = Texts.read(text);
      assertEquals(1, manifest.problems().size(), text);
      assertTrue(manifest.problems().getFirst().message().contains("twice"), text);
      assertFalse(manifest.intact());
      assertEquals(List.of(), manifest.resources());
    }
  }

  @Test
  void aliasesStandForTheirAnchors() {
    Map<String, Object> tree =
        tree(POLICY + "spec:\n  a: &x {k: v}\n  b: *x\n  c: &s text\n  d: *s\n");
    assertEquals(
        Map.of("a", Map.of("k", "v"), "b", Map.of("k", "v"), "c", "text", "d", "text"),
        tree.get("spec"));
  }

  @Test
  void mergedMappingsGiveWay() {
    Map<String, Object> tree =
        tree(
            POLICY
                + "spec:\n  a: &a {k: 1, l: 1}\n  b: &b {l: 2, m: 2}\n"
                + "  c: {<<: [*a, *b], k: 3}\n  d: {\"<<\": x}\n");
    assertEquals(
        Map.of(
            "a", Map.of("k", 1L, "l", 1L),
            "b", Map.of("l", 2L, "m", 2L),
            "c", Map.of("k", 3L, "l", 1L, "m", 2L),
            "d", Map.of("<<", "x")),
        tree.get("spec"));
    assertEquals(1, Texts.read(POLICY + "spec: {<<: 1}\n").problems().size());
  }

  @Test
  void tagsThatKubernetesHasNotAreRefused() {
    assertEquals(
        Map.of("a", "1", "b", 2L), tree(POLICY + "spec: {a: !!str 1, b: !!int 2}\n").get("spec"));
    assertEquals(1, Texts.read(POLICY + "spec: {a: !thing 1}\n").problems().size());
  }

  @Test
  void oddKeysAndDocumentsAreRefused() {
    for (String text :
        List.of("[]", "- a\n", "text\n", "1\n", POLICY + "spec: {[a]: b}\n", "? {a: b}\n: c\n")) {
      assertEquals(1, Texts.read(text).problems().size(), text);
    }
    assertEquals(
        Map.of("80", "x", "true", "y"), tree(POLICY + "spec: {80: x, true: y}\n").get("spec"));
  }

  @Test
  void brokenDocumentDoesNotHideTheNext() {
    Manifest manifest =
        Texts.read(namespace("a") + "---\nkind: [\n---\n" + namespace("b") + "---\n{\"a\": }\n");
    assertEquals(List.of("a", "b"), names(manifest));
    assertFalse(manifest.intact());
    assertEquals(2, manifest.problems().size());
    // The list is missed where the document ends, which is where the next one begins.
    assertEquals("f.yaml:7", manifest.problems().get(0).origin());
    assertEquals("f.yaml:13", manifest.problems().get(1).origin());
  }

  @Test
  void problemsNameTheLineOfTheirObject() {
    Manifest manifest =
        Texts.read(
            "# one\n" + namespace("a") + "---\n# two\napiVersion: v1\nkind: Pod\nmetadata: {}\n");
    Problem problem = manifest.problems().getFirst();
    int line = Integer.parseInt(problem.origin().substring("f.yaml:".length()));
    assertTrue(line >= 8 && line <= 9, problem.origin());
    assertEquals("metadata.name", problem.field());
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    byte[] text = namespace("a").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    text[text.length - 2] = (byte) 0xff;
    Manifest manifest = Texts.read(text, Limits.DEFAULT);
    assertEquals(1, manifest.problems().size());
    assertTrue(manifest.problems().getFirst().message().contains("UTF-8"));
  }

  @Test
  void sameObjectTwiceInOneFile() {
    Manifest manifest = Texts.read(namespace("a") + "---\n" + namespace("a"));
    assertEquals(List.of("a"), names(manifest));
    assertEquals("Namespace/a", manifest.problems().getFirst().object());
  }

  @Test
  void scalarsAreReadAsKubernetesReadsThem() {
    List<String> texts =
        List.of(
            "yes",
            "off",
            "y",
            "2026-01-01",
            "1.10",
            "012",
            "089",
            "0x1F",
            "1e3",
            "-7",
            "+7",
            "~",
            "True",
            "1_000",
            "12:30",
            ".5",
            "1.2.3",
            "-",
            "99999999999999999999");
    List<Object> values = new ArrayList<>();
    texts.forEach(text -> values.add(YamlScalars.resolve(text)));
    assertEquals(
        List.of(
            "yes",
            "off",
            "y",
            "2026-01-01",
            1.1,
            10L,
            89.0,
            31L,
            1000.0,
            -7L,
            7L,
            ClaimedResource.NULL,
            true,
            "1_000",
            "12:30",
            0.5,
            "1.2.3",
            "-",
            1e20),
        values);
  }

  @Test
  void originIsTheFileAlone() {
    assertEquals("f.yaml", ((Namespace) Texts.one("---\n" + namespace("a"))).origin());
  }
}
