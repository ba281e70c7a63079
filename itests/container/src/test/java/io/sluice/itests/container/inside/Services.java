package io.sluice.itests.container.inside;

import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Uses a service for as long as one call lasts. */
final class Services {
  private Services() {}

  static <S, R> R with(BundleContext context, Class<S> type, Function<S, R> use) {
    ServiceReference<S> reference = context.getServiceReference(type);
    if (reference == null) {
      throw new IllegalStateException("there is no " + type.getName());
    }
    S service = context.getService(reference);
    if (service == null) {
      throw new IllegalStateException("the " + type.getName() + " is gone");
    }
    try {
      return use.apply(service);
    } finally {
      context.ungetService(reference);
    }
  }
}
