package io.sluice.source.kubernetes;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration, pid {@code io.sluice.source.kubernetes}. A change reconnects. */
@ObjectClassDefinition(
    name = "Sluice source: kubernetes",
    description = "Reads namespaces, nodes, pods and policies from the API server. Live.")
public @interface KubernetesConfig {
  /** The kubeconfig; empty for the service account of the pod that the agent runs in. */
  @AttributeDefinition(
      name = "kubeconfig",
      description =
          "The kubeconfig that leads to the API server; empty: the service account of the pod.")
  String kubeconfig() default "";

  /** The context in the kubeconfig; empty for its current one. */
  @AttributeDefinition(
      name = "context",
      description = "The kubeconfig's context; empty: its current-context.")
  String context() default "";

  /** Kinds that may be unknown to the server. */
  @AttributeDefinition(
      name = "optionalKinds",
      description = "Claimed kinds, as Kind.group, whose absence from the server is no problem.")
  String optionalKinds() default "";

  /** How many objects a page of a list has at most. */
  @AttributeDefinition(name = "pageSize", description = "Objects in a page of a list: 1 to 10000.")
  int pageSize() default 500;

  /** Seconds between two questions whether the server is there. */
  @AttributeDefinition(
      name = "probeSeconds",
      description = "Seconds between two questions whether the server is there.")
  int probeSeconds() default 10;

  /** Seconds after which an answer is given up. */
  @AttributeDefinition(
      name = "timeoutSeconds",
      description = "Seconds after which an answer that does not come, or stalls, is given up.")
  int timeoutSeconds() default 15;

  /** Seconds of silence after which a watch is opened again. */
  @AttributeDefinition(
      name = "silenceSeconds",
      description =
          "Seconds of silence after which a watch is opened again; bookmarks come each minute.")
  int silenceSeconds() default 150;

  /** Whether a rejected policy becomes an Event. */
  @AttributeDefinition(
      name = "events",
      description = "true: a rejected policy of this source becomes an Event on it.")
  boolean events() default false;
}
