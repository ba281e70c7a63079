package io.sluice.engine.core;

import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.NamedPort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A pod to test with; every method gives another pod. */
record TestPod(Endpoint endpoint) {
  /** A running pod on this node. */
  static TestPod pod(String path, String... addresses) {
    int slash = path.indexOf('/');
    return new TestPod(
        new Endpoint(
            path.substring(0, slash),
            path.substring(slash + 1),
            "uid-" + path,
            TestCluster.NODE,
            Map.of(),
            Stream.of(addresses).map(IpAddress::parse).toList(),
            List.of(),
            List.of(),
            Endpoint.Network.POD,
            Endpoint.Lifecycle.LIVE,
            Instant.EPOCH,
            "test"));
  }

  TestPod labels(String... pairs) {
    Endpoint e = endpoint;
    return make(e.uid(), e.nodeName(), TestCluster.pairs(pairs), e.addresses(), e.ports());
  }

  TestPod addresses(String... addresses) {
    Endpoint e = endpoint;
    List<IpAddress> parsed = Stream.of(addresses).map(IpAddress::parse).toList();
    return make(e.uid(), e.nodeName(), e.labels(), parsed, e.ports());
  }

  TestPod uid(String uid) {
    Endpoint e = endpoint;
    return make(uid, e.nodeName(), e.labels(), e.addresses(), e.ports());
  }

  TestPod on(String node) {
    Endpoint e = endpoint;
    return make(e.uid(), node, e.labels(), e.addresses(), e.ports());
  }

  TestPod port(Protocol protocol, String name, int number) {
    Endpoint e = endpoint;
    List<NamedPort> ports = new ArrayList<>(e.ports());
    ports.add(new NamedPort(protocol, name, number));
    return make(e.uid(), e.nodeName(), e.labels(), e.addresses(), ports);
  }

  TestPod noPorts() {
    Endpoint e = endpoint;
    return make(e.uid(), e.nodeName(), e.labels(), e.addresses(), List.of());
  }

  TestPod hostAddresses(String... addresses) {
    Endpoint e = endpoint;
    List<IpAddress> parsed = Stream.of(addresses).map(IpAddress::parse).toList();
    return make(
        e.uid(),
        e.nodeName(),
        e.labels(),
        e.addresses(),
        parsed,
        e.ports(),
        e.network(),
        e.lifecycle(),
        e.started());
  }

  TestPod started(int second) {
    Endpoint e = endpoint;
    return make(
        e.uid(),
        e.nodeName(),
        e.labels(),
        e.addresses(),
        e.hostAddresses(),
        e.ports(),
        e.network(),
        e.lifecycle(),
        Instant.ofEpochSecond(second));
  }

  TestPod finished() {
    Endpoint e = endpoint;
    return make(
        e.uid(),
        e.nodeName(),
        e.labels(),
        e.addresses(),
        e.hostAddresses(),
        e.ports(),
        e.network(),
        Endpoint.Lifecycle.FINISHED,
        e.started());
  }

  TestPod onHostNetwork() {
    Endpoint e = endpoint;
    return make(
        e.uid(),
        e.nodeName(),
        e.labels(),
        e.addresses(),
        e.hostAddresses(),
        e.ports(),
        Endpoint.Network.HOST,
        e.lifecycle(),
        e.started());
  }

  private TestPod make(
      String uid,
      String node,
      Map<String, String> labels,
      List<IpAddress> addresses,
      List<NamedPort> ports) {
    Endpoint e = endpoint;
    return make(
        uid,
        node,
        labels,
        addresses,
        e.hostAddresses(),
        ports,
        e.network(),
        e.lifecycle(),
        e.started());
  }

  private TestPod make(
      String uid,
      String node,
      Map<String, String> labels,
      List<IpAddress> addresses,
      List<IpAddress> hostAddresses,
      List<NamedPort> ports,
      Endpoint.Network network,
      Endpoint.Lifecycle lifecycle,
      Instant started) {
    Endpoint e = endpoint;
    return new TestPod(
        new Endpoint(
            e.namespace(),
            e.name(),
            uid,
            node,
            labels,
            addresses,
            hostAddresses,
            ports,
            network,
            lifecycle,
            started,
            "test"));
  }
}
