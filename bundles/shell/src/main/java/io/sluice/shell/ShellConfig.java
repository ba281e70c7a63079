package io.sluice.shell;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration {@code io.sluice.shell}: who may administer the agent. */
@ObjectClassDefinition(
    name = "Sluice shell",
    description = "Who may use the administration socket, besides root and the agent's own user.")
@interface ShellConfig {
  /** Users who may run every command. */
  @AttributeDefinition(
      name = "Users",
      description =
          "Users who may run every command, separated by commas. Root and the agent's own user"
              + " always may. Applied live.")
  String users() default "";

  /** Groups whose members may run every command. */
  @AttributeDefinition(
      name = "Groups",
      description =
          "Groups whose members may run every command, separated by commas. A member is whose"
              + " primary group it is, or whom /etc/group lists. Applied live.")
  String groups() default "";

  /** Users who may only ask. */
  @AttributeDefinition(
      name = "Read-only users",
      description =
          "Users who may run commands that change nothing, separated by commas. Counts also for"
              + " one who is in users or groups. Applied live.")
  String readOnlyUsers() default "";
}
