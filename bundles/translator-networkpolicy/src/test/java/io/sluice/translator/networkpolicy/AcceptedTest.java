package io.sluice.translator.networkpolicy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What valid policies mean, by the numbers of the semantics. */
class AcceptedTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # Subject
          11 | {podSelector: {}} | shop/{}; INGRESS
          11 | {podSelector: null} | shop/{}; INGRESS
          11 | {} | shop/{}; INGRESS
          11 | null | shop/{}; INGRESS
          11 | {podSelector: {matchLabels: {}}} | shop/{}; INGRESS
          11 | {podSelector: {matchLabels: null, matchExpressions: []}} | shop/{}; INGRESS
          12 | {podSelector: {matchLabels: {no: such}}} | shop/no=such; INGRESS
          # Types
          14 | {podSelector: {}, ingress: [{}]} | shop/{}; INGRESS; ingress[0] anyone anything
          14 | {policyTypes: [], egress: null} | shop/{}; INGRESS
          14 | {policyTypes: null, egress: []} | shop/{}; INGRESS
          15 | {egress: [{}], ingress: [{}]} | shop/{}; INGRESS,EGRESS; ingress[0] anyone anything; egress[0] anyone anything
          16 | {podSelector: {}, egress: []} | shop/{}; INGRESS
          17 | {egress: [{}]} | shop/{}; INGRESS,EGRESS; egress[0] anyone anything
          18 | {policyTypes: [Egress], ingress: [{}]} | shop/{}; EGRESS
          18 | {policyTypes: [Ingress], egress: [{}]} | shop/{}; INGRESS
          19 | {policyTypes: [Ingress, Egress]} | shop/{}; INGRESS,EGRESS
          19 | {policyTypes: [Ingress, Egress], ingress: null, egress: []} | shop/{}; INGRESS,EGRESS
          20 | {policyTypes: [Ingress, Ingress], ingress: [{}]} | shop/{}; INGRESS; ingress[0] anyone anything
          # Rules
          21 | {ingress: []} | shop/{}; INGRESS
          21 | {ingress: [{}, {}]} | shop/{}; INGRESS; ingress[0] anyone anything; ingress[1] anyone anything
          22 | {ingress: [{from: null, ports: [{port: 80}]}]} | shop/{}; INGRESS; ingress[0] anyone TCP/80
          22 | {ingress: [{from: [], ports: [{port: 80}]}]} | shop/{}; INGRESS; ingress[0] anyone TCP/80
          23 | {ingress: [{from: [{podSelector: {}}], ports: null}]} | shop/{}; INGRESS; ingress[0] shop/{} anything
          23 | {ingress: [{from: [{podSelector: {}}], ports: []}]} | shop/{}; INGRESS; ingress[0] shop/{} anything
          # Peers
          26 | {ingress: [{from: [{podSelector: {matchLabels: {a: b}}}]}]} | shop/{}; INGRESS; ingress[0] shop/a=b anything
          27 | {ingress: [{from: [{namespaceSelector: {matchLabels: {a: b}}}]}]} | shop/{}; INGRESS; ingress[0] [a=b]/{} anything
          28 | {ingress: [{from: [{namespaceSelector: {matchLabels: {a: b}}, podSelector: {matchLabels: {c: d}}}]}]} | shop/{}; INGRESS; ingress[0] [a=b]/c=d anything
          28 | {ingress: [{from: [{namespaceSelector: {matchLabels: {a: b}}}, {podSelector: {matchLabels: {c: d}}}]}]} | shop/{}; INGRESS; ingress[0] [a=b]/{} + shop/c=d anything
          29 | {egress: [{to: [{podSelector: {}}]}], policyTypes: [Egress]} | shop/{}; EGRESS; egress[0] shop/{} anything
          29 | {egress: [{to: [{namespaceSelector: {}}]}], policyTypes: [Egress]} | shop/{}; EGRESS; egress[0] [{}]/{} anything
          29 | {ingress: [{from: [{namespaceSelector: {}, podSelector: null}]}]} | shop/{}; INGRESS; ingress[0] [{}]/{} anything
          30 | {ingress: [{from: [{namespaceSelector: {}, podSelector: {}}]}]} | shop/{}; INGRESS; ingress[0] [{}]/{} anything
          30 | {ingress: [{from: [{namespaceSelector: null, podSelector: {}}]}]} | shop/{}; INGRESS; ingress[0] shop/{} anything
          31 | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: null}]}]} | shop/{}; INGRESS; ingress[0] 10.0.0.0/8 anything
          36 | {ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}]}]} | shop/{}; INGRESS; ingress[0] [kubernetes.io/metadata.name=shop]/{} anything
          # Selectors
          37 | {podSelector: {matchLabels: {a: b}, matchExpressions: [{key: c, operator: Exists}]}} | shop/a=b,c; INGRESS
          38 | {podSelector: {matchLabels: {a: ""}}} | shop/a=; INGRESS
          39 | {podSelector: {matchExpressions: [{key: a, operator: In, values: [x, y]}]}} | shop/a in (x,y); INGRESS
          39 | {podSelector: {matchExpressions: [{key: a, operator: NotIn, values: [x]}]}} | shop/a notin (x); INGRESS
          39 | {podSelector: {matchExpressions: [{key: a, operator: Exists, values: []}]}} | shop/a; INGRESS
          39 | {podSelector: {matchExpressions: [{key: a, operator: DoesNotExist, values: null}]}} | shop/!a; INGRESS
          41 | {podSelector: {matchExpressions: [{key: a, operator: In, values: [x, y]}, {key: a, operator: NotIn, values: [x]}]}} | shop/a in (x,y),a notin (x); INGRESS
          42 | {podSelector: {matchExpressions: [{key: a, operator: In, values: [x, X, x]}]}} | shop/a in (X,x); INGRESS
          # Blocks
          43 | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.1.2.0/24]}}]}]} | shop/{}; INGRESS; ingress[0] 10.0.0.0/8-10.1.0.0/16-10.1.2.0/24 anything
          44 | {ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: "::/0"}}]}]} | shop/{}; INGRESS; ingress[0] 0.0.0.0/0 + ::/0 anything
          46 | {ingress: [{from: [{ipBlock: {cidr: 10.1.2.3/8}}]}]} | shop/{}; INGRESS; ingress[0] 10.0.0.0/8 anything
          46 | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.2.3/16]}}]}]} | shop/{}; INGRESS; ingress[0] 10.0.0.0/8-10.1.0.0/16 anything
          # Ports
          49 | {ingress: [{ports: [{}]}]} | shop/{}; INGRESS; ingress[0] anyone TCP/*
          49 | {ingress: [{ports: [{protocol: null, port: 80}]}]} | shop/{}; INGRESS; ingress[0] anyone TCP/80
          50 | {ingress: [{ports: [{protocol: UDP}]}]} | shop/{}; INGRESS; ingress[0] anyone UDP/*
          50 | {ingress: [{ports: [{protocol: SCTP, port: null}]}]} | shop/{}; INGRESS; ingress[0] anyone SCTP/*
          51 | {ingress: [{ports: [{port: 65535}, {port: 1}]}]} | shop/{}; INGRESS; ingress[0] anyone TCP/65535 + TCP/1
          52 | {ingress: [{ports: [{port: http, protocol: UDP}]}]} | shop/{}; INGRESS; ingress[0] anyone UDP/http
          54 | {policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: http}]}]} | shop/{}; EGRESS; egress[0] 10.0.0.0/8 TCP/http
          58 | {ingress: [{ports: [{port: 80, endPort: 90}, {port: 5, endPort: 5}]}]} | shop/{}; INGRESS; ingress[0] anyone TCP/80-90 + TCP/5
          58 | {ingress: [{ports: [{port: 80, endPort: null}]}]} | shop/{}; INGRESS; ingress[0] anyone TCP/80
          59 | {ingress: [{ports: [{port: 53}, {port: 53, protocol: UDP}]}]} | shop/{}; INGRESS; ingress[0] anyone TCP/53 + UDP/53
          # Accepted as it is
          86 | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: []}}, {ipBlock: {cidr: 10.0.0.0/8, except: null}}]}]} | shop/{}; INGRESS; ingress[0] 10.0.0.0/8 + 10.0.0.0/8 anything
          90 | {ingress: [{from: [{podSelector: {}}, {podSelector: {}}], ports: [{port: 1}, {port: 1}]}]} | shop/{}; INGRESS; ingress[0] shop/{} + shop/{} TCP/1 + TCP/1
          """)
  void semantics(int number, String spec, String expected) {
    assertEquals(expected, Summary.of(Written.accepted(spec).translated()), () -> "rule " + number);
  }
}
