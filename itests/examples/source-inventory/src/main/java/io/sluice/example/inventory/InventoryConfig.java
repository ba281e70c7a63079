package io.sluice.example.inventory;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration, pid {@code io.sluice.example.inventory}. */
@ObjectClassDefinition(
    name = "Sluice example: source inventory",
    description = "Polls a table of machines that are no pods.")
@interface InventoryConfig {
  /** The table. */
  @AttributeDefinition(
      name = "url",
      description =
          "Where the table is: http:// or https://. Live: the objects of the new one replace those"
              + " of the old one.")
  String url();

  /** How often. */
  @AttributeDefinition(
      name = "seconds",
      description = "How often it is asked for, in seconds. Read at the start.")
  int seconds() default 10;
}
