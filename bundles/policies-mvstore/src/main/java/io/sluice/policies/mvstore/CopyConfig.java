package io.sluice.policies.mvstore;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration, pid {@code io.sluice.policies.mvstore}. */
@ObjectClassDefinition(
    name = "Sluice stores: the durable copy",
    description =
        "Keeps the agent's own copy of its inputs on the disk, so that it can enforce them after a"
            + " restart while its sources are away.")
@interface CopyConfig {
  /** The directory. */
  @AttributeDefinition(
      name = "directory",
      description =
          "Where the copy is kept; of this agent alone. Empty: copy/ in the agent's data folder."
              + " Applied live: the copy goes on in the other directory.")
  String directory() default "";
}
