package io.sluice.reachability;

import static io.sluice.reachability.Manifests.namespace;
import static io.sluice.reachability.Manifests.pod;
import static io.sluice.reachability.Manifests.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The words of a policy, one at a time: what each opens follows from the API by hand. Pods a and b
 * are in namespace s ({@code team: s}), x is in t ({@code team: t, empty: ""}), and {@code out} is
 * an address outside.
 */
class SemanticsTest {
  private static final String CLUSTER =
      namespace("s", "team: s")
          + namespace("t", "team: t, empty: ''")
          + pod("s", "a", "app: a", 80, "10.0.0.1")
          + pod("s", "b", "app: b", 8080, "10.0.0.2")
          + pod("t", "x", "app: x", 80, "10.0.1.1");
  private static final String OUT = "198.51.100.7";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                                | a out x
          {from: []}                                                        | a out x
          {from: null, ports: null}                                         | a out x
          {from: [{podSelector: {}}]}                                       | a
          {from: [{namespaceSelector: {}}]}                                 | a x
          {from: [{namespaceSelector: {}, podSelector: null}]}              | a x
          {from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: x}}}]} | x
          {from: [{namespaceSelector: {matchLabels: {team: t}}, podSelector: {matchLabels: {app: a}}}]} | ``
          {from: [{namespaceSelector: {matchLabels: {team: t}}}, {podSelector: {matchLabels: {app: a}}}]} | a x
          {from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: t}}}]} | x
          {from: [{namespaceSelector: {matchLabels: {empty: ''}}}]}         | x
          {from: [{podSelector: {matchLabels: {empty: ''}}}]}               | ``
          {from: [{podSelector: {matchLabels: {app: A}}}]}                  | ``
          {from: [{podSelector: {matchExpressions: [{key: k, operator: NotIn, values: [v]}]}}]} | a
          {from: [{namespaceSelector: {matchExpressions: [{key: empty, operator: NotIn, values: ['']}]}}]} | a
          {from: [{namespaceSelector: {matchExpressions: [{key: empty, operator: Exists}]}}]} | x
          {from: [{namespaceSelector: {matchExpressions: [{key: empty, operator: DoesNotExist}]}}]} | a
          {from: [{podSelector: {matchExpressions: [{key: app, operator: In, values: [a, b]}, {key: app, operator: NotIn, values: [a]}]}}]} | ``
          {from: [{ipBlock: {cidr: 0.0.0.0/0}}]}                            | a out x
          {from: [{ipBlock: {cidr: '::/0'}}]}                               | ``
          {from: [{ipBlock: {cidr: 10.0.0.77/24}}]}                         | a
          {from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/16, 10.0.0.0/24]}}]} | ``
          {from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/24]}}, {ipBlock: {cidr: 10.0.0.1/32}}]} | a x
          {ports: [{}]}                                                     | a out x
          {ports: [{port: 8000, endPort: 8080}]}                            | a out x
          {ports: [{port: 8081, endPort: 65535}]}                           | ``
          {ports: [{port: http}]}                                           | a out x
          {ports: [{port: http, protocol: UDP}]}                            | ``
          {ports: [{protocol: SCTP}, {protocol: UDP}]}                      | ``
          """)
  void anIngressRuleOpens(String rule, String sources) throws IOException {
    String policy =
        policy("s", "p", "{podSelector: {matchLabels: {app: b}}, ingress: [" + rule + "]}");
    assertEquals(sources, allowed(policy, "--to", "s/b", "from"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          podSelector: {}                                            | ``      | out x
          podSelector: null                                          | ``      | out x
          podSelector: {matchExpressions: []}                        | ``      | out x
          podSelector: {matchLabels: {app: nobody}}                  | a out x | b out x
          policyTypes: [Ingress, Ingress]                            | ``      | out x
          egress: []                                                 | ``      | out x
          policyTypes: [], egress: null                              | ``      | out x
          policyTypes: [], egress: [{}]                              | ``      | out x
          policyTypes: [Ingress], egress: [{to: [{podSelector: {}}]}] | ``     | out x
          policyTypes: [Egress], ingress: []                         | out x   | ``
          policyTypes: [Ingress, Egress], ingress: [{}], egress: [{}] | a out x | b out x
          policyTypes: [Ingress, Egress], ingress: [{}], egress: null | out x  | ``
          egress: [{to: [{podSelector: {}}]}]                        | ``      | ``
          policyTypes: [Egress], egress: [{to: [{podSelector: {}}]}] | a out x | b
          policyTypes: [Egress], egress: [{ports: [{port: http}]}]   | a out x | b
          policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/16}}], ports: [{port: http}]}] | a out x | b
          policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 198.51.100.0/24}}]}] | out x | out
          """)
  void whoReachesPodBAndWhomPodAReaches(String fields, String sources, String destinations)
      throws IOException {
    String policy = policy("s", "p", "{" + fields + "}");
    assertEquals(sources, allowed(policy, "--to", "s/b", "from"));
    assertEquals(destinations, allowed(policy, "--from", "s/a", "to"));
  }

  /** The other ends of what is allowed on TCP port 8080, by their short names, sorted. */
  private static String allowed(String policy, String filter, String pod, String end)
      throws IOException {
    Run run =
        Run.on(
            CLUSTER + policy,
            "--output",
            "json",
            "--ports",
            "8080",
            "--external",
            OUT,
            filter,
            pod);
    assertEquals(0, run.status(), run.err().toString());
    Set<String> names = new TreeSet<>();
    for (String line : run.out()) {
      if (line.contains("\"protocol\":\"TCP\",\"verdict\":\"allow\"")) {
        String name = line.replaceAll(".*\"" + end + "\":\"([^\"]*)\".*", "$1");
        names.add(name.equals(OUT) ? "out" : name.substring(name.indexOf('/') + 1));
      }
    }
    return String.join(" ", names);
  }
}
