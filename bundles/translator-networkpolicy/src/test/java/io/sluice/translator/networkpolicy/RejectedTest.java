package io.sluice.translator.networkpolicy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.Problem;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, each with the one field that is wrong and what to do. */
class RejectedTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          20 | {policyTypes: [ingress]} | spec.policyTypes[0] | did you mean 'Ingress'?
          20 | {policyTypes: [null]} | spec.policyTypes[0] | remove the '-'
          24 | {ingress: [null]} | spec.ingress[0] | remove the '-'
          24 | {ingress: [{from: [{podSelector: {}}, null]}]} | spec.ingress[0].from[1] | remove the '-'
          24 | {ingress: [{ports: [null]}]} | spec.ingress[0].ports[0] | remove the '-'
          24 | {podSelector: {matchExpressions: [null]}} | spec.podSelector.matchExpressions[0] | remove the '-'
          25 | {ingress: [{port: [{port: 80}]}]} | spec.ingress[0].port | did you mean 'ports'?
          25 | {ingress: [{to: [{podSelector: {}}]}]} | spec.ingress[0].to | an ingress rule has 'from'
          25 | {egress: [{from: []}]} | spec.egress[0].from | an egress rule has 'to'
          25 | {ingress: [{from: {podSelector: {}}}]} | spec.ingress[0].from | begin each item with '- '
          25 | {ingress: {}} | spec.ingress | begin each item with '- '
          25 | {ingress: [[]]} | spec.ingress[0] | write the fields from, ports
          25 | {podselector: {}} | spec.podselector | did you mean 'podSelector'?
          25 | {policytype: [Ingress]} | spec.policytype | did you mean 'policyTypes'?
          25 | {subject: {}} | spec.subject | remove it; known fields: podSelector
          25 | {ingress: [{ports: [{endport: 8, port: 1}]}]} | spec.ingress[0].ports[0].endport | did you mean 'endPort'?
          25 | {podSelector: {app: web}} | spec.podSelector.app | labels to match stand under 'matchLabels'
          25 | {podSelector: app=web} | spec.podSelector | write the fields matchLabels
          25 | {podSelector: {matchLabels: [app]}} | spec.podSelector.matchLabels | 'key: value'
          25 | {ingress: [{from: [{cidr: 10.0.0.0/8}]}]} | spec.ingress[0].from[0].cidr | it stands under 'ipBlock'
          25 | {ingress: [{protocol: TCP}]} | spec.ingress[0].protocol | in an item of the list 'ports'
          25 | [] | spec | write the fields podSelector
          31 | {ingress: [{from: [{}]}]} | spec.ingress[0].from[0] | leave out the whole list
          46 | {ingress: [{from: [{ipBlock: {cidr: 010.0.0.0/8}}]}]} | spec.ingress[0].from[0].ipBlock.cidr | a prefix length
          46 | {ingress: [{from: [{ipBlock: {cidr: "::ffff:10.0.0.0/104"}}]}]} | spec.ingress[0].from[0].ipBlock.cidr | a prefix length
          82 | {ingress: [{ports: [{protocol: tcp}]}]} | spec.ingress[0].ports[0].protocol | write it in capitals: TCP
          82 | {ingress: [{ports: [{protocol: ICMP}]}]} | spec.ingress[0].ports[0].protocol | use TCP, UDP or SCTP
          82 | {ingress: [{ports: [{protocol: 6}]}]} | spec.ingress[0].ports[0].protocol | write a string
          83 | {ingress: [{ports: [{port: 0}]}]} | spec.ingress[0].ports[0].port | use 1 to 65535
          83 | {ingress: [{ports: [{port: 65536}]}]} | spec.ingress[0].ports[0].port | use 1 to 65535
          83 | {ingress: [{ports: [{port: -1}]}]} | spec.ingress[0].ports[0].port | use 1 to 65535
          83 | {ingress: [{ports: [{port: 80.5}]}]} | spec.ingress[0].ports[0].port | write a number
          83 | {ingress: [{ports: [{port: true}]}]} | spec.ingress[0].ports[0].port | write a number
          83 | {ingress: [{ports: [{port: 90, endPort: 80}]}]} | spec.ingress[0].ports[0].endPort | the lower number as port
          83 | {ingress: [{ports: [{port: 90, endPort: 65536}]}]} | spec.ingress[0].ports[0].endPort | use 1 to 65535
          83 | {ingress: [{ports: [{port: 90, endPort: http}]}]} | spec.ingress[0].ports[0].endPort | write a number
          83 | {ingress: [{ports: [{endPort: 80}]}]} | spec.ingress[0].ports[0].endPort | as 'port'
          83 | {ingress: [{ports: [{port: http, endPort: 80}]}]} | spec.ingress[0].ports[0].endPort | write the port as a number
          84 | {ingress: [{ports: [{port: "80"}]}]} | spec.ingress[0].ports[0].port | remove the quotes
          84 | {ingress: [{ports: [{port: ""}]}]} | spec.ingress[0].ports[0].port | at most 15
          84 | {ingress: [{ports: [{port: Http}]}]} | spec.ingress[0].ports[0].port | lower-case
          84 | {ingress: [{ports: [{port: a--b}]}]} | spec.ingress[0].ports[0].port | no '-'
          84 | {ingress: [{ports: [{port: -ab}]}]} | spec.ingress[0].ports[0].port | no '-'
          84 | {ingress: [{ports: [{port: 1-2}]}]} | spec.ingress[0].ports[0].port | among them a letter
          84 | {ingress: [{ports: [{port: abcdefghijklmnop}]}]} | spec.ingress[0].ports[0].port | at most 15
          85 | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}]} | spec.ingress[0].from[0].ipBlock | a list item of its own
          86 | {ingress: [{from: [{ipBlock: {}}]}]} | spec.ingress[0].from[0].ipBlock.cidr | for example 10.0.0.0/8
          86 | {ingress: [{from: [{ipBlock: {cidr: null}}]}]} | spec.ingress[0].from[0].ipBlock.cidr | for example 10.0.0.0/8
          86 | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.1}}]}]} | spec.ingress[0].from[0].ipBlock.cidr | write 10.0.0.1/32
          86 | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/33}}]}]} | spec.ingress[0].from[0].ipBlock.cidr | a prefix length
          86 | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]}]} | spec.ingress[0].from[0].ipBlock.except[0] | a smaller block inside 10.0.0.0/8
          86 | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 11.0.0.0/16]}}]}]} | spec.ingress[0].from[0].ipBlock.except[1] | a smaller block inside 10.0.0.0/8
          86 | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [0.0.0.0/0]}}]}]} | spec.ingress[0].from[0].ipBlock.except[0] | a smaller block inside 10.0.0.0/8
          86 | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: ["fd00::/64"]}}]}]} | spec.ingress[0].from[0].ipBlock.except[0] | one family
          86 | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [null]}}]}]} | spec.ingress[0].from[0].ipBlock.except[0] | remove the '-'
          87 | {podSelector: {matchExpressions: [{key: a, operator: In}]}} | spec.podSelector.matchExpressions[0].values | list the values
          87 | {podSelector: {matchExpressions: [{key: a, operator: NotIn, values: []}]}} | spec.podSelector.matchExpressions[0].values | list the values
          87 | {podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}} | spec.podSelector.matchExpressions[0].values | remove the values
          87 | {podSelector: {matchExpressions: [{key: a, operator: DoesNotExist, values: [b]}]}} | spec.podSelector.matchExpressions[0].values | remove the values
          87 | {podSelector: {matchExpressions: [{key: a, operator: Gt, values: ["1"]}]}} | spec.podSelector.matchExpressions[0].operator | use one of In
          87 | {podSelector: {matchExpressions: [{key: a, operator: exists}]}} | spec.podSelector.matchExpressions[0].operator | did you mean 'Exists'?
          87 | {podSelector: {matchExpressions: [{key: a}]}} | spec.podSelector.matchExpressions[0].operator | write a string
          87 | {podSelector: {matchExpressions: [{operator: Exists}]}} | spec.podSelector.matchExpressions[0].key | write a string
          87 | {podSelector: {matchExpressions: [{key: "", operator: Exists}]}} | spec.podSelector.matchExpressions[0].key | at most 63
          87 | {podSelector: {matchExpressions: [{key: a/b/c, operator: Exists}]}} | spec.podSelector.matchExpressions[0].key | a DNS name and '/'
          87 | {podSelector: {matchExpressions: [{key: A.b/c, operator: Exists}]}} | spec.podSelector.matchExpressions[0].key | a DNS name and '/'
          87 | {podSelector: {matchExpressions: [{key: a, operator: In, values: [b, "c d"]}]}} | spec.podSelector.matchExpressions[0].values[1] | at most 63
          87 | {podSelector: {matchExpressions: [{key: a, operator: In, values: [1]}]}} | spec.podSelector.matchExpressions[0].values[0] | in quotes
          87 | {podSelector: {matchLabels: {a: 1}}} | spec.podSelector.matchLabels[a] | in quotes
          87 | {podSelector: {matchLabels: {a: true}}} | spec.podSelector.matchLabels[a] | in quotes
          87 | {podSelector: {matchLabels: {a: null}}} | spec.podSelector.matchLabels[a] | write ""
          87 | {podSelector: {matchLabels: {-a: b}}} | spec.podSelector.matchLabels[-a] | beginning and ending
          87 | {podSelector: {matchLabels: {a: b.}}} | spec.podSelector.matchLabels[a] | beginning and ending
          87 | {ingress: [{from: [{namespaceSelector: {matchLabels: {a: b_}}}]}]} | spec.ingress[0].from[0].namespaceSelector.matchLabels[a] | beginning and ending
          88 | {policyTypes: [Ingress, Egress, Ingress]} | spec.policyTypes | at most once
          88 | {policyTypes: Ingress} | spec.policyTypes | begin each item with '- '
          90 | {policyTypes: [Egress], ingress: [{ports: [{port: 0}]}]} | spec.ingress[0].ports[0].port | use 1 to 65535
          """)
  void semantics(int number, String spec, String field, String remedy) {
    List<Problem> problems = Written.rejected(spec).problems();
    assertEquals(List.of(field), problems.stream().map(Problem::field).toList(), "" + problems);
    Problem problem = problems.getFirst();
    assertTrue(problem.remedy().contains(remedy), () -> "rule " + number + ": " + problem);
    assertEquals("web.yaml", problem.origin());
    assertEquals("NetworkPolicy/shop/web", problem.object());
  }
}
