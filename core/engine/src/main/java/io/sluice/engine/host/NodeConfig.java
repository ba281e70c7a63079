package io.sluice.engine.host;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration {@code io.sluice.node}: which node this is. */
@ObjectClassDefinition(
    pid = "io.sluice.node",
    name = "Sluice node",
    description = "Which node of the cluster this agent is on.")
@interface NodeConfig {
  /** The node's name. */
  @AttributeDefinition(
      name = "Name",
      description =
          "The node's name, as in spec.nodeName of its pods. Empty: the host's name. A change is a"
              + " rehome: everything is compiled anew for the other node, and the datapath is led"
              + " there by difference.")
  String name() default "";

  /** The host's own addresses. */
  @AttributeDefinition(
      name = "Addresses",
      description =
          "The host's own addresses, from which its traffic always reaches its pods: 'auto' for"
              + " those of its network interfaces (looked up every 10 seconds), or a list"
              + " separated by commas. Applied live.")
  String addresses() default "auto";
}
