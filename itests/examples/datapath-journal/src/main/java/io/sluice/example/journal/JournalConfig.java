package io.sluice.example.journal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration, pid {@code io.sluice.example.journal}. */
@ObjectClassDefinition(
    name = "Sluice example: datapath journal",
    description = "Writes what would be programmed to a file, as JSON lines. Enforces nothing.")
@interface JournalConfig {
  /** The file. */
  @AttributeDefinition(
      name = "file",
      description = "The file, of this agent alone. Its folder must exist. Live.")
  String file();

  /** When it is rotated. */
  @AttributeDefinition(
      name = "maxSize",
      description =
          "How many MiB the file may have before it becomes <file>.1 and a new one begins with"
              + " everything. Live.")
  int maxSize() default 64;
}
