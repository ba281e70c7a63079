package io.sluice.manifests;

import io.sluice.api.resource.Endpoint;

/**
 * The pods that a workload makes, as one representative without addresses.
 *
 * @param kind the workload's kind: Deployment, StatefulSet, DaemonSet, Job or CronJob
 * @param endpoint its pod template, under the workload's own name
 */
public record Workload(String kind, Endpoint endpoint) {
  /** {@code Kind/namespace/name}. */
  public String path() {
    return kind + "/" + endpoint.path();
  }
}
