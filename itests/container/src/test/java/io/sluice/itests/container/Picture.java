package io.sluice.itests.container;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** Who is there, what each provides, and who uses it: what must be as before when one has gone. */
final class Picture {
  private Picture() {}

  static Set<String> of(BundleContext context) {
    Set<String> lines = new TreeSet<>();
    for (Bundle bundle : context.getBundles()) {
      lines.add(bundle.getSymbolicName() + " in state " + bundle.getState());
      ServiceReference<?>[] provided = bundle.getRegisteredServices();
      for (ServiceReference<?> service : provided == null ? new ServiceReference<?>[0] : provided) {
        String line =
            bundle.getSymbolicName()
                + " provides "
                + Arrays.toString((Object[]) service.getProperty(Constants.OBJECTCLASS));
        lines.add(line);
        Bundle[] users = service.getUsingBundles();
        for (Bundle user : users == null ? new Bundle[0] : users) {
          lines.add(line + " to " + user.getSymbolicName());
        }
      }
    }
    return lines;
  }

  /** Whether a bundle uses a service of this id. */
  static boolean uses(Bundle user, Object serviceId) {
    ServiceReference<?>[] used = user.getServicesInUse();
    return used != null
        && Arrays.stream(used)
            .anyMatch(
                service -> Objects.equals(serviceId, service.getProperty(Constants.SERVICE_ID)));
  }
}
