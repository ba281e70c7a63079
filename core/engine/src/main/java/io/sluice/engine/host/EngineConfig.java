package io.sluice.engine.host;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The configuration {@code io.sluice.engine}: how the engine does its work. Numbers arrive as they
 * were written: one that can't be read must not keep the other keys from being applied.
 */
@ObjectClassDefinition(
    pid = "io.sluice.engine",
    name = "Sluice engine",
    description = "The policy engine and what it drives.")
@interface EngineConfig {
  /** The enforcing datapath. */
  @AttributeDefinition(
      name = "Datapath",
      description =
          "The name of the enforcing datapath, for example 'ovs'. Empty: the highest-ranked one"
              + " that enforces. Applied live; a datapath that enforces nothing never replaces one"
              + " that does.")
  String datapath() default "";

  /** How long late sources are waited for. */
  @AttributeDefinition(
      name = "Sync grace",
      type = AttributeType.INTEGER,
      min = "0",
      description =
          "After a start an enforcing datapath keeps what it has until every source has delivered"
              + " everything. With a number of seconds here, sources that are late are waited for"
              + " no longer than that after the first one is complete. 0: wait without limit."
              + " Applied live until the wait is over.")
  String syncGrace() default "0";

  /** How long a takeover may take. */
  @AttributeDefinition(
      name = "Takeover seconds",
      type = AttributeType.INTEGER,
      min = "1",
      max = "600",
      description =
          "How long a datapath may take to take over from another: to say what it covers, to take"
              + " the rules and to confirm them. One that is not through by then is rejected and"
              + " the other stays. As long is one waited for whose bundle is gone before another,"
              + " lower-ranked one may take its place. Applied live.")
  String takeoverSeconds() default "30";

  /** How many denied packets are logged. */
  @AttributeDefinition(
      name = "Denials per second",
      type = AttributeType.INTEGER,
      min = "0",
      description =
          "How many denied packets are logged and published a second at most; what is suppressed"
              + " is counted. 0: none. Applied live.")
  String denialsPerSecond() default "10";

  /** How long sources are waited for before the durable copy is used. */
  @AttributeDefinition(
      name = "Copy after",
      type = AttributeType.INTEGER,
      min = "0",
      description =
          "After a start with a durable copy, sources that have neither delivered everything nor"
              + " lost contact are waited for so many seconds; then the last known state is"
              + " enforced without them. Applied live.")
  String copyAfter() default "5";

  /** What is given up. */
  @AttributeDefinition(
      name = "Forget",
      description =
          "Names of sources that are gone for good, and kinds of policies (NetworkPolicy.group)"
              + " whose translator is, separated by commas: what the agent still holds of them is"
              + " forgotten. A source that is bound, and a kind that is translated, are not"
              + " touched. Applied live.")
  String forget() default "";

  /** What lint does not tell. */
  @AttributeDefinition(
      name = "Lint ignore",
      description =
          "Findings of lint that are not told, separated by commas: <id>, or <id>:<object> in which"
              + " a star stands for anything, for example no-default-deny:Namespace/kube-system."
              + " Applied live.")
  String lintIgnore() default "";

  /** How often lint looks by itself. */
  @AttributeDefinition(
      name = "Lint interval",
      type = AttributeType.INTEGER,
      min = "0",
      description =
          "How many seconds lie between two looks of lint, whose counts the status and the metrics"
              + " show. 0: only when asked. Applied live.")
  String lintInterval() default "300";
}
