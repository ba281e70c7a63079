package io.sluice.api.name;

import io.sluice.api.net.IpAddress;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Extension point 6: names that the node's DNS answers for.
 *
 * <p>Register an implementation as an OSGi service with the property {@link #NAME}. Contract:
 *
 * <ol>
 *   <li><b>Whole picture.</b> {@link #names} returns all names of the source at one moment; it is
 *       asked again whenever the service property {@link #GENERATION} changes.
 *   <li><b>Absolute names</b> in lower case, without the trailing dot; each with one address at
 *       least.
 *   <li><b>Threads.</b> Called on a worker thread; may take its time, must not wait for other
 *       machines.
 *   <li><b>Failures.</b> An exception leaves the previous picture in use and shows in the status.
 * </ol>
 */
@ConsumerType
public interface NameSource {
  /** Service property (String, mandatory): the source's name in status and messages. */
  String NAME = "sluice.names.name";

  /** Service property (Long): grows whenever {@link #names} would return something else. */
  String GENERATION = "sluice.names.generation";

  /** All names and their addresses, of either family. */
  Map<String, Set<IpAddress>> names();
}
