package io.sluice.source.files;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration, pid {@code io.sluice.source.files}. */
@ObjectClassDefinition(
    name = "Sluice source: files",
    description = "Reads namespaces, nodes, pods and policies from a directory of manifests.")
public @interface FilesConfig {
  /** The directory. Live: the objects of the new one replace those of the old one. */
  @AttributeDefinition(
      name = "directory",
      description =
          "The directory of manifests (.yaml, .yml, .json), without its subdirectories. Live.")
  String directory() default "";
}
