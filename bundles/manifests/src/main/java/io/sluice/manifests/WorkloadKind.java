package io.sluice.manifests;

import io.sluice.api.resource.ResourceKind;
import java.util.Optional;

/** The kinds that make pods from a template. */
enum WorkloadKind {
  DEPLOYMENT("apps", "Deployment"),
  STATEFUL_SET("apps", "StatefulSet"),
  DAEMON_SET("apps", "DaemonSet"),
  JOB("batch", "Job"),
  CRON_JOB("batch", "CronJob");

  private final String group;
  private final String kind;

  WorkloadKind(String group, String kind) {
    this.group = group;
    this.kind = kind;
  }

  static Optional<WorkloadKind> of(ResourceKind kind) {
    for (WorkloadKind workload : values()) {
      if (workload.group.equals(kind.group()) && workload.kind.equals(kind.kind())) {
        return Optional.of(workload);
      }
    }
    return Optional.empty();
  }

  /** The pod template of a workload of this kind. */
  Fields template(Fields workload) {
    Fields spec = workload.map("spec");
    return this == CRON_JOB
        ? spec.map("jobTemplate").map("spec").map("template")
        : spec.map("template");
  }
}
