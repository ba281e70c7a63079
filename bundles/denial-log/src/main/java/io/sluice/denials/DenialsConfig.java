package io.sluice.denials;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The configuration {@code io.sluice.denials}. Numbers arrive as they were written: one that can't
 * be read must not keep the other keys from being applied.
 */
@ObjectClassDefinition(
    name = "Sluice denial log",
    description =
        "A file with one line for each denied flow. It is written if this configuration is there.")
@interface DenialsConfig {
  /** The file. */
  @AttributeDefinition(
      name = "File",
      description =
          "The file. Rotated files lie beside it, with .1 for the newest. Empty: denials.log in the"
              + " data folder. Applied live.")
  String file() default "";

  /** When it is rotated. */
  @AttributeDefinition(
      name = "Size",
      type = AttributeType.INTEGER,
      min = "1",
      max = "10240",
      description = "How many MiB the file may have before it is rotated. Applied live.")
  String maxSize() default "10";

  /** How many there are. */
  @AttributeDefinition(
      name = "Files",
      type = AttributeType.INTEGER,
      min = "1",
      max = "100",
      description =
          "How many files are kept, the one that is written included. Applied live; files beyond a"
              + " lower number are left where they are.")
  String files() default "5";

  /** How often one flow has a line. */
  @AttributeDefinition(
      name = "Repeat interval",
      type = AttributeType.INTEGER,
      min = "0",
      description =
          "A flow that is denied again and again has one line in so many seconds, with the number"
              + " of times it was denied besides. 0: a line each time. Applied live.")
  String repeatInterval() default "60";
}
