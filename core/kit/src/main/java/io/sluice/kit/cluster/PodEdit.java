package io.sluice.kit.cluster;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.NamedPort;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A pod with some of its properties changed. */
public final class PodEdit {
  private final Endpoint before;
  private String uid;
  private Map<String, String> labels;
  private List<IpAddress> addresses;
  private List<NamedPort> ports;
  private Endpoint.Lifecycle lifecycle;
  private Instant started;

  /** Begins with a pod as it is. */
  public PodEdit(Endpoint pod) {
    this.before = pod;
    this.uid = pod.uid();
    this.labels = pod.labels();
    this.addresses = pod.addresses();
    this.ports = pod.ports();
    this.lifecycle = pod.lifecycle();
    this.started = pod.started();
  }

  /** Another life. */
  public PodEdit uid(String changed) {
    uid = changed;
    return this;
  }

  /** Other labels. */
  public PodEdit labels(Map<String, String> changed) {
    labels = changed;
    return this;
  }

  /** Other addresses. */
  public PodEdit addresses(List<IpAddress> changed) {
    addresses = changed;
    return this;
  }

  /** Other named ports. */
  public PodEdit ports(List<NamedPort> changed) {
    ports = changed;
    return this;
  }

  /** Finished, or live. */
  public PodEdit lifecycle(Endpoint.Lifecycle changed) {
    lifecycle = changed;
    return this;
  }

  /** Another time at which it began. */
  public PodEdit started(Instant changed) {
    started = changed;
    return this;
  }

  /** The changed pod. */
  public Endpoint done() {
    return new Endpoint(
        before.namespace(),
        before.name(),
        uid,
        before.nodeName(),
        labels,
        addresses,
        before.hostAddresses(),
        ports,
        before.network(),
        lifecycle,
        started,
        before.origin());
  }
}
