package io.sluice.metrics;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The configuration {@code io.sluice.metrics}. Numbers arrive as they were written: one that can't
 * be read must not keep the other keys from being applied.
 */
@ObjectClassDefinition(
    name = "Sluice metrics",
    description = "Metrics and probes over HTTP. The endpoint is there if this configuration is.")
@interface MetricsConfig {
  /** Where it listens. */
  @AttributeDefinition(
      name = "Address",
      description =
          "The address to listen on. Loopback is for a scraper on the node; with another address"
              + " whoever reaches it reads the names of policies and sources. Applied live.")
  String address() default "127.0.0.1";

  /** The port. */
  @AttributeDefinition(
      name = "Port",
      type = AttributeType.INTEGER,
      min = "0",
      max = "65535",
      description =
          "The TCP port to listen on. 0: any free one, which the status names; for several agents"
              + " on one machine. Applied live.")
  String port() default "9464";

  /** How many policies have series of their own. */
  @AttributeDefinition(
      name = "Policies",
      type = AttributeType.INTEGER,
      min = "0",
      description =
          "How many policies at most have packets and bytes of their own; those of all others are"
              + " summed under policy=\"(others)\". Applied live.")
  String policies() default "100";

  /** How often the rules' counters are read. */
  @AttributeDefinition(
      name = "Traffic interval",
      type = AttributeType.INTEGER,
      min = "0",
      description =
          "How many seconds old the packets and bytes by policy may be before a scrape reads them"
              + " again: reading them asks the switch for all of its flows. 0: with every scrape."
              + " Applied live.")
  String trafficInterval() default "30";

  /** How long an agent may lag behind and be ready. */
  @AttributeDefinition(
      name = "Ready lag",
      type = AttributeType.INTEGER,
      min = "0",
      description =
          "How many seconds an event may wait to be in force before the agent is no longer ready."
              + " Applied live.")
  String readyLag() default "30";
}
