package io.sluice.shell;

import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Makes a bundle of its number or its symbolic name, so that the framework's own commands can be
 * given one: {@code update 17}, {@code stop io.sluice.datapath.ovs}.
 */
@Component(service = Converter.class, property = "osgi.converter.classes=org.osgi.framework.Bundle")
public final class BundleConverter implements Converter {
  private final BundleContext context;

  /** Looks bundles up when they are asked for. */
  @Activate
  public BundleConverter(BundleContext context) {
    this.context = context;
  }

  @Override
  public @Nullable Object convert(Class<?> type, Object in) {
    if (type != Bundle.class) {
      return null;
    }
    String text = in.toString();
    if (text.matches("\\d{1,18}")) {
      return context.getBundle(Long.parseLong(text));
    }
    for (Bundle bundle : context.getBundles()) {
      if (text.equals(bundle.getSymbolicName())) {
        return bundle;
      }
    }
    return null;
  }

  @Override
  public @Nullable CharSequence format(Object target, int level, Converter converter) {
    return null;
  }
}
