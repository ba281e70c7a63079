package io.sluice.kit.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.NamedPort;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Node;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Known answers: each verdict follows by hand from the definition of NetworkPolicy. The cluster has
 * {@code s/a} and {@code s/b} (with label {@code app}) in a namespace {@code team: s} and {@code
 * t/x} on another node in one with {@code team: t} and {@code empty: ""}; the policy is one of
 * namespace s for {@code s/b}, unless its text says otherwise.
 */
class NaiveEvaluatorTest {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SCTP = 132;
  private static final String A = "10.0.0.1";
  private static final String B = "10.0.0.2";
  private static final String X = "10.0.1.1";
  private static final String OUTSIDE = "198.51.100.7";
  private static final String DENIED = "NetworkPolicy/s/p";

  private static Stream<Arguments> toB() {
    return Stream.of(
        // peers of an ingress rule; who may reach s/b
        allowed("all of any", "{}", A, X, OUTSIDE),
        allowed("an empty list is any peer", m("from", List.of()), A, X, OUTSIDE),
        allowed("null is any peer", m("from", ClaimedResource.NULL), A, X, OUTSIDE),
        allowed("pods of the own namespace", from(m("podSelector", m())), A),
        allowed("pods of all namespaces", from(m("namespaceSelector", m())), A, X),
        allowed(
            "pods selected within selected namespaces",
            from(m("namespaceSelector", labels("team", "t"), "podSelector", labels("app", "a")))),
        allowed(
            "pods selected, or namespaces selected",
            from(m("namespaceSelector", labels("team", "t")), m("podSelector", labels("app", "a"))),
            A,
            X),
        allowed(
            "the name is a label",
            from(m("namespaceSelector", labels(Namespace.NAME_LABEL, "t"))),
            X),
        allowed("an absent key is no empty value", from(m("podSelector", labels("empty", "")))),
        allowed("a present empty value", from(m("namespaceSelector", labels("empty", ""))), X),
        allowed("NotIn, key absent", from(m("namespaceSelector", meets("empty", "NotIn", ""))), A),
        allowed("Exists, value empty", from(m("namespaceSelector", meets("empty", "Exists"))), X),
        allowed("DoesNotExist", from(m("namespaceSelector", meets("empty", "DoesNotExist"))), A),
        allowed("In", from(m("podSelector", meets("app", "In", "a", "x"))), A),
        allowed("values differ by case", from(m("podSelector", labels("app", "A")))),
        allowed("a block covers pods", from(block("10.0.0.0/16")), A, X),
        allowed("bits behind the prefix do not count", from(block("10.0.0.77/24")), A),
        allowed("nested exceptions", from(block("10.0.0.0/8", "10.0.0.0/16", "10.0.0.0/24"))),
        allowed("prefix within a byte", from(block("10.0.0.0/31")), A),
        allowed("everything but", from(block("0.0.0.0/0", "10.0.0.0/24")), X, OUTSIDE),
        allowed(
            "an exception subtracts from its own block only",
            from(block("10.0.0.0/8", "10.0.0.0/24"), block(A + "/32")),
            A,
            X),
        allowed("the other family", from(block("::/0"))));
  }

  private static Arguments allowed(String name, Object rule, String... sources) {
    return Arguments.of(name, "{}".equals(rule) ? m() : rule, List.of(sources));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toB")
  void peers(String name, Object rule, List<String> sources) {
    NaiveEvaluator evaluator = with(policy("p", b(), "ingress", List.of(rule)));
    assertEquals(
        sources,
        Stream.of(A, X, OUTSIDE).filter(from -> passes(evaluator, from, B, TCP, 80)).toList());
  }

  private static Stream<Arguments> ports() {
    return Stream.of(
        Arguments.of("none given", List.of(), "80/6 8080/6 53/17 9/132"),
        Arguments.of("no protocol is TCP", List.of(m()), "80/6 8080/6"),
        Arguments.of("all of a protocol", List.of(m("protocol", "SCTP")), "9/132"),
        Arguments.of("a number", List.of(m("port", 80L)), "80/6"),
        Arguments.of("a range, ends included", List.of(range(80, 8080)), "80/6 8080/6"),
        Arguments.of("a range below", List.of(range(81, 8079)), ""),
        Arguments.of("a name", List.of(m("port", "http")), "8080/6"),
        Arguments.of("a name, other protocol", List.of(m("port", "dns")), ""),
        Arguments.of("a name and protocol", List.of(m("port", "dns", "protocol", "UDP")), "53/17"),
        Arguments.of("an unknown name", List.of(m("port", "smtp")), ""),
        Arguments.of(
            "any of several",
            List.of(m("port", "smtp"), m("port", 80L), m("protocol", "UDP")),
            "80/6 53/17"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ports")
  void portsOfARule(String name, List<?> ports, String open) {
    NaiveEvaluator evaluator = with(policy("p", b(), "ingress", List.of(m("ports", ports))));
    assertEquals(
        open,
        String.join(
            " ",
            Stream.of("80/6", "8080/6", "53/17", "9/132")
                .filter(
                    port -> {
                      String[] parts = port.split("/", -1);
                      return passes(
                          evaluator, A, B, Integer.parseInt(parts[1]), Integer.parseInt(parts[0]));
                    })
                .toList()));
  }

  private static Stream<Arguments> types() {
    Object all = List.of(m());
    return Stream.of(
        // fields of the specification; whether s/b may be reached, and may reach
        Arguments.of("nothing", fields(), false, true),
        Arguments.of("egress empty", fields("egress", List.of()), false, true),
        Arguments.of("types empty", fields("policyTypes", List.of()), false, true),
        Arguments.of("egress given", fields("egress", all), false, true),
        Arguments.of("egress to nobody", fields("egress", List.of(toNobody())), false, false),
        Arguments.of(
            "egress only", fields("policyTypes", List.of("Egress"), "ingress", all), true, false),
        Arguments.of(
            "ingress only",
            fields("policyTypes", List.of("Ingress"), "egress", List.of(toNobody())),
            false,
            true),
        Arguments.of("twice", fields("policyTypes", List.of("Ingress", "Ingress")), false, true),
        Arguments.of(
            "both",
            fields("policyTypes", List.of("Ingress", "Egress"), "ingress", ClaimedResource.NULL),
            false,
            false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void directions(String name, Object[] fields, boolean in, boolean out) {
    NaiveEvaluator evaluator = with(policy("p", b(), fields));
    assertEquals(in, passes(evaluator, A, B, TCP, 80), "to s/b");
    assertEquals(out, passes(evaluator, B, A, TCP, 80), "from s/b");
    assertTrue(passes(evaluator, A, X, TCP, 80), "others are not isolated");
  }

  @Test
  void egressNamesPortsOfTheDestination() {
    NaiveEvaluator evaluator =
        with(
            policy(
                "p",
                labels("app", "a"),
                "policyTypes",
                List.of("Egress"),
                "egress",
                List.of(m("ports", List.of(m("port", "http"))))));
    assertTrue(passes(evaluator, A, B, TCP, 8080));
    assertFalse(passes(evaluator, A, B, TCP, 80), "http is 8080 there");
    assertFalse(passes(evaluator, A, X, TCP, 8080), "no such name there");
    assertFalse(passes(evaluator, A, OUTSIDE, TCP, 8080), "no pod, no name");
  }

  @Test
  void anUnknownNamespaceIsMatchedByNoSelectorOfNamespaces() {
    Object notIn = from(m("namespaceSelector", meets("team", "NotIn", "z")));
    List<Resource> objects = cluster();
    objects.removeIf(Namespace.class::isInstance);
    NaiveEvaluator evaluator = evaluator(objects, policy("p", b(), "ingress", List.of(notIn)));
    assertFalse(passes(evaluator, X, B, TCP, 80));
    assertFalse(passes(evaluator, A, B, TCP, 80));
    evaluator =
        evaluator(objects, policy("p", b(), "ingress", List.of(from(m("podSelector", m())))));
    assertTrue(passes(evaluator, A, B, TCP, 80), "the own namespace needs no object");
  }

  @Test
  void verdictsNameWhatDecided() {
    NaiveEvaluator evaluator =
        with(
            policy("z", m()),
            policy("b", b(), "ingress", List.of(m("ports", List.of(m("port", 80L))))),
            policy("c", b(), "ingress", List.of(m())),
            policy("d", labels("app", "nobody"), "ingress", List.of(m())));
    assertEquals("NetworkPolicy/s/b", ingress(evaluator, A, B, TCP, 80).by());
    assertEquals("NetworkPolicy/s/c", ingress(evaluator, A, B, UDP, 80).by());
    NaiveVerdict denied = ingress(evaluator, B, A, SCTP, 1);
    assertEquals(
        new NaiveVerdict(false, "NetworkPolicy/s/z", List.of("NetworkPolicy/s/z")), denied);
    assertEquals("default", ingress(evaluator, A, X, TCP, 80).by());
    assertEquals("none", ingress(evaluator, A, OUTSIDE, TCP, 80).by());
    assertEquals("self", ingress(evaluator, A, A, TCP, 80).by());
  }

  @Test
  void ownNodeAlwaysReaches() {
    Node node = new Node("n1", Map.of(), List.of(IpAddress.parse("192.0.2.11")), "test");
    List<Resource> objects = cluster();
    objects.add(node);
    NaiveEvaluator evaluator = evaluator(objects, policy("p", b()));
    assertEquals("own-node", ingress(evaluator, "192.0.2.1", B, TCP, 80).by());
    assertEquals("own-node", ingress(evaluator, "192.0.2.11", B, UDP, 80).by());
    assertEquals(DENIED, ingress(evaluator, "192.0.2.2", B, TCP, 80).by());
  }

  @Test
  void podsOnTheNodesNetworkAreAddressesOnly() {
    List<Resource> objects = cluster();
    objects.add(
        pod("s", "h", "n2", "a", Endpoint.Network.HOST, Endpoint.Lifecycle.LIVE, 0, "192.0.2.2"));
    NaiveEvaluator evaluator =
        evaluator(
            objects,
            policy("p", b(), "ingress", List.of(from(m("podSelector", labels("app", "a"))))),
            policy("q", labels("app", "a")));
    assertFalse(passes(evaluator, "192.0.2.2", B, TCP, 80), "no selector matches it");
    assertEquals("none", ingress(evaluator, B, "192.0.2.2", TCP, 80).by(), "none isolates it");
  }

  @Test
  void finishedPodsAreNobody() {
    List<Resource> objects = cluster();
    objects.add(
        pod("s", "old", "n1", "old", Endpoint.Network.POD, Endpoint.Lifecycle.FINISHED, 9, X));
    NaiveEvaluator evaluator =
        evaluator(
            objects,
            policy("p", b(), "ingress", List.of(from(m("podSelector", labels("app", "old"))))),
            policy("q", labels("app", "old")));
    assertFalse(passes(evaluator, X, B, TCP, 80));
    assertTrue(passes(evaluator, A, X, TCP, 80));
  }

  @Test
  void ofTwoPodsWithOneAddressTheNewerIsThePeerAndBothIsolate() {
    List<Resource> objects = cluster();
    objects.add(pod("s", "new", "n1", "new", Endpoint.Network.POD, Endpoint.Lifecycle.LIVE, 9, A));
    NaiveEvaluator evaluator =
        evaluator(
            objects,
            policy("p", b(), "ingress", List.of(from(m("podSelector", labels("app", "new"))))),
            policy("q", labels("app", "a")));
    assertTrue(passes(evaluator, A, B, TCP, 80), "the newer is the peer");
    assertFalse(passes(evaluator, X, A, TCP, 80), "the older is isolated");
    evaluator =
        evaluator(
            objects,
            policy("p", b(), "ingress", List.of(from(m("podSelector", labels("app", "a"))))),
            policy("q", labels("app", "new")));
    assertFalse(passes(evaluator, A, B, TCP, 80), "the older is no peer");
    assertFalse(passes(evaluator, X, A, TCP, 80), "the newer is isolated");
  }

  @Test
  void aNodeJudgesItsOwnPodsOnly() {
    Cluster cluster = Cluster.of(objects(cluster(), policy("p", m())));
    NaiveEvaluator other = NaiveEvaluator.onNode(cluster, "n2");
    assertTrue(passes(other, A, B, TCP, 80), "judged elsewhere");
    assertEquals("none", ingress(other, A, B, TCP, 80).by());
    assertFalse(passes(NaiveEvaluator.onNode(cluster, "n1"), A, B, TCP, 80));
  }

  @Test
  void aPodHasOnlyItsOwnAddresses() {
    NaiveEvaluator evaluator = with();
    assertEquals("s/a", evaluator.pod("s", "a", IpAddress.parse(A)).peer().orElseThrow().path());
    assertThrows(IllegalArgumentException.class, () -> evaluator.pod("s", "a", IpAddress.parse(B)));
  }

  // Questions

  private static boolean passes(
      NaiveEvaluator evaluator, String from, String to, int protocol, int port) {
    return evaluator.passes(
        evaluator.address(IpAddress.parse(from)),
        evaluator.address(IpAddress.parse(to)),
        protocol,
        port);
  }

  private static NaiveVerdict ingress(
      NaiveEvaluator evaluator, String from, String to, int protocol, int port) {
    return evaluator.ingress(
        evaluator.address(IpAddress.parse(from)),
        evaluator.address(IpAddress.parse(to)),
        protocol,
        port);
  }

  // Clusters

  private static NaiveEvaluator with(Resource... policies) {
    return evaluator(cluster(), policies);
  }

  private static NaiveEvaluator evaluator(List<Resource> objects, Resource... policies) {
    return new NaiveEvaluator(Cluster.of(objects(objects, policies)));
  }

  private static List<Resource> objects(List<Resource> objects, Resource... policies) {
    return Stream.concat(objects.stream(), Arrays.stream(policies)).toList();
  }

  private static List<Resource> cluster() {
    List<Resource> objects = new ArrayList<>();
    objects.add(new Namespace("s", Map.of(Namespace.NAME_LABEL, "s", "team", "s"), "test"));
    objects.add(
        new Namespace("t", Map.of(Namespace.NAME_LABEL, "t", "team", "t", "empty", ""), "test"));
    objects.add(pod("s", "a", "n1", "a", Endpoint.Network.POD, Endpoint.Lifecycle.LIVE, 0, A));
    objects.add(
        pod(
            "s",
            "b",
            "n1",
            "b",
            Endpoint.Network.POD,
            Endpoint.Lifecycle.LIVE,
            0,
            B,
            new NamedPort(Protocol.TCP, "http", 8080),
            new NamedPort(Protocol.UDP, "dns", 53)));
    objects.add(pod("t", "x", "n2", "x", Endpoint.Network.POD, Endpoint.Lifecycle.LIVE, 0, X));
    return objects;
  }

  /** A pod of a node with its number as the last byte of the host's address. */
  private static Endpoint pod(
      String namespace,
      String name,
      String node,
      String app,
      Endpoint.Network network,
      Endpoint.Lifecycle lifecycle,
      long started,
      String address,
      NamedPort... ports) {
    return new Endpoint(
        namespace,
        name,
        name,
        node,
        Map.of("app", app),
        List.of(IpAddress.parse(address)),
        List.of(IpAddress.parse("192.0.2." + node.substring(1))),
        List.of(ports),
        network,
        lifecycle,
        Instant.ofEpochSecond(started),
        "test");
  }

  // Policies, as trees

  private static Object b() {
    return labels("app", "b");
  }

  private static ClaimedResource policy(String name, Object subject, Object... fields) {
    Map<String, Object> spec = m(fields);
    spec.put("podSelector", subject);
    return new ClaimedResource(
        new ResourceKey(ResourceKind.NETWORK_POLICY, "s", name),
        "v1",
        name,
        m("spec", spec),
        "test");
  }

  private static Object[] fields(Object... fields) {
    return fields;
  }

  private static Object from(Object... peers) {
    return m("from", List.of(peers));
  }

  private static Object toNobody() {
    return m("to", List.of(m("podSelector", labels("app", "nobody"))));
  }

  private static Object block(String cidr, String... except) {
    return m("ipBlock", m("cidr", cidr, "except", List.of(except)));
  }

  private static Object range(long port, long endPort) {
    return m("port", port, "endPort", endPort);
  }

  private static Object labels(String key, String value) {
    return m("matchLabels", m(key, value));
  }

  private static Object meets(String key, String operator, String... values) {
    Object expression = m("key", key, "operator", operator, "values", List.of(values));
    return m("matchExpressions", Collections.singletonList(expression));
  }

  private static Map<String, Object> m(Object... entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }
}
