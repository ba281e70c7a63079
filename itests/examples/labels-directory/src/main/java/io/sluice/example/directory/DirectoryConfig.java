package io.sluice.example.directory;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration, pid {@code io.sluice.example.directory}. */
@ObjectClassDefinition(
    name = "Sluice example: labels directory",
    description = "Keeps namespaces, nodes and endpoints in a directory.")
@interface DirectoryConfig {
  /** The directory. */
  @AttributeDefinition(
      name = "directory",
      description =
          "The directory, of this agent alone; made if it is not there. Read at the start.")
  String directory();
}
