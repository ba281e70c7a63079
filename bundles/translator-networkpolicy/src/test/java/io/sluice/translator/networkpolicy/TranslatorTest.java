package io.sluice.translator.networkpolicy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.policy.PolicyTranslator;
import io.sluice.api.policy.Translation;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Problem;
import io.sluice.kit.policy.PolicyTranslatorContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranslatorTest extends PolicyTranslatorContract {
  @Override
  protected PolicyTranslator translator() {
    return new NetworkPolicyTranslator();
  }

  @Override
  protected List<ClaimedResource> valid() {
    return List.of(
        Written.object("{}"),
        Written.object(
            """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: web
              namespace: shop
              labels: {app.kubernetes.io/name: web}
              annotations: {example.com/note: any text}
            spec:
              podSelector:
                matchLabels: {app: web}
                matchExpressions:
                  - {key: tier, operator: In, values: [a, b]}
                  - {key: old, operator: DoesNotExist}
              policyTypes: [Ingress]
              ingress:
                - from:
                    - podSelector: {matchLabels: {app: lb}}
                      namespaceSelector: {matchLabels: {team: red}}
                    - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}
                  ports:
                    - {protocol: TCP, port: 80, endPort: 90}
                    - {port: http}
            """),
        Written.object(
            """
            spec:
              policyTypes: [Egress]
              egress:
                - to: [{podSelector: {}}, {namespaceSelector: {}}]
                  ports: [{protocol: UDP, port: 53}]
            """));
  }

  @Test
  void everyProblemIsReportedAtOnce() {
    Translation.Rejected rejected =
        Written.rejected(
            """
            {podSelector: {matchLabels: {app: web}}, policyTypes: [ingress], ingress: [
              {port: [], from: [{podSelector: {}}, {ipBlock: {cidr: 10.0.0.0, except: [x]}}]},
              {ports: [{protocol: tcp, port: 0}]}]}
            """);
    assertEquals(
        List.of(
            "spec.policyTypes[0]",
            "spec.ingress[0].port",
            "spec.ingress[0].from[1].ipBlock.cidr",
            "spec.ingress[0].from[1].ipBlock.except[0]",
            "spec.ingress[1].ports[0].protocol",
            "spec.ingress[1].ports[0].port"),
        rejected.problems().stream().map(Problem::field).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {podSelector: {matchLabels: {app: web}}, ingress: [null]}           | shop/app=web
          {ingress: [null]}                                                   | shop/{}
          {podSelector: {matchLabels: {app: web}}, ingres: []}                | shop/app=web
          {podSelectr: {matchLabels: {app: web}}}                             |
          {podSelector: {matchLabels: {app: 1}}}                              |
          {podSelector: {matchLabel: {app: web}}}                             |
          []                                                                  |
          """)
  void rule91ARejectionTellsWhomThePolicyWasMeantForIfThatCouldBeRead(String spec, String subject) {
    assertEquals(
        Optional.ofNullable(subject), Written.rejected(spec).subject().map(Object::toString));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Web", "", "a..b", "-a", "a_b", "a/b"})
  void rule81NamesAreDnsSubdomains(String name) {
    Translation.Rejected rejected =
        assertInstanceOf(
            Translation.Rejected.class,
            new NetworkPolicyTranslator().translate(Written.named("shop", name, "spec: {}")));
    assertEquals("metadata.name", rejected.problems().getFirst().field());
  }

  @Test
  void rule81NamesHave253CharactersAtMost() {
    String longest = "a".repeat(62) + "." + "b".repeat(190);
    NetworkPolicyTranslator translator = new NetworkPolicyTranslator();
    assertInstanceOf(
        Translation.Accepted.class,
        translator.translate(Written.named("shop", longest, "spec: {}")));
    assertInstanceOf(
        Translation.Rejected.class,
        translator.translate(Written.named("shop", longest + "c", "spec: {}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {metadata: {labels: {a b: c}}}                     | metadata.labels[a b]
          {metadata: {labels: {a: c d}}}                     | metadata.labels[a]
          {metadata: {labels: {a: 1}}}                       | metadata.labels[a]
          {metadata: {annotations: {a b: c}}}                | metadata.annotations[a b]
          {metadata: {annotation: {}}}                       | metadata.annotation
          {metadata: {name: other}}                          | metadata.name
          {metadata: {namespace: other}}                     | metadata.namespace
          {apiVersion: networking.k8s.io/v1beta1}            | apiVersion
          {kind: NetworkPolicies}                            | kind
          {Spec: {}}                                         | Spec
          """)
  void rule81MetadataAndTheObjectItselfAreChecked(String yaml, String field) {
    Translation translation = new NetworkPolicyTranslator().translate(Written.object(yaml));
    Translation.Rejected rejected =
        assertInstanceOf(Translation.Rejected.class, translation, translation::toString);
    assertEquals(List.of(field), rejected.problems().stream().map(Problem::field).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {ingress: [{from: [{ipBlock: {cidr: 10.1.2.3/8}}]}]}     | spec.ingress[0].from[0].ipBlock.cidr
          {policyTypes: [Egress], ingress: [{}]}                   | spec.ingress
          {egress: []}                                             | spec.egress
          null                                                     | spec
          {podSelector: {}}                                        |
          {policyTypes: [Ingress], egress: []}                     |
          """)
  void whatIsLegalButProbablyNotMeantIsAWarning(String spec, String field) {
    assertEquals(
        Optional.ofNullable(field).stream().toList(),
        Written.accepted(spec).warnings().stream().map(Problem::field).toList());
  }

  @Test
  void theServiceIsRegisteredUnderItsName() throws java.io.IOException {
    String component = "/OSGI-INF/" + NetworkPolicyTranslator.class.getName() + ".xml";
    try (var stream = NetworkPolicyTranslator.class.getResourceAsStream(component)) {
      String xml =
          new String(
              java.util.Objects.requireNonNull(stream).readAllBytes(),
              java.nio.charset.StandardCharsets.UTF_8);
      assertTrue(xml.contains("provide interface=\"" + PolicyTranslator.class.getName() + "\""));
      assertTrue(
          xml.contains("name=\"" + PolicyTranslator.NAME + "\"")
              && xml.contains("value=\"networkpolicy\""));
    }
  }
}
