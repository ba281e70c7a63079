package io.sluice.vertx;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.tracker.ServiceTracker;

/** A real Felix with Declarative Services and the Vert.x bundle as it was built. */
final class FelixHost implements AutoCloseable {
  private static final long SECONDS = 20;
  private final Framework framework;

  FelixHost(Path storage) throws BundleException, IOException {
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
    framework.start();
    List<Bundle> installed = new ArrayList<>();
    for (String jar :
        List.of(
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.osgi.service.component",
            "org.apache.felix.scr")) {
      installed.add(install("reference:file:" + jarNamed(jar)));
    }
    installed.add(install("reference:file:" + Path.of("target/classes").toAbsolutePath()));
    for (Bundle bundle : installed) {
      bundle.start();
    }
  }

  private Bundle install(String location) throws BundleException {
    return framework.getBundleContext().installBundle(location);
  }

  private static Path jarNamed(String artifact) {
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      Path path = Path.of(entry);
      if (path.getFileName().toString().startsWith(artifact + "-")) {
        return path;
      }
    }
    throw new IllegalStateException(artifact + " is not on the class path");
  }

  /** Makes a bundle of these classes and starts it. */
  Bundle start(String name, Map<String, String> headers, Class<?>... classes)
      throws IOException, BundleException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    attributes.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
    headers.forEach(attributes::putValue);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (Class<?> type : classes) {
        String path = type.getName().replace('.', '/') + ".class";
        URL resource = type.getClassLoader().getResource(path);
        jar.putNextEntry(new ZipEntry(path));
        try (InputStream code = resource.openStream()) {
          code.transferTo(jar);
        }
        jar.closeEntry();
      }
    }
    Bundle bundle =
        framework
            .getBundleContext()
            .installBundle("test:" + name, new ByteArrayInputStream(bytes.toByteArray()));
    bundle.start();
    return bundle;
  }

  /** Waits for the one service that this filter selects. */
  Object await(String filter) throws InvalidSyntaxException, InterruptedException {
    ServiceTracker<Object, Object> tracker =
        new ServiceTracker<>(
            framework.getBundleContext(), framework.getBundleContext().createFilter(filter), null);
    tracker.open(true);
    Object service = tracker.waitForService(TimeUnit.SECONDS.toMillis(SECONDS));
    if (service == null) {
      throw new AssertionError("no service " + filter + " within " + SECONDS + " s");
    }
    return service;
  }

  boolean has(String className) {
    ServiceReference<?> reference = framework.getBundleContext().getServiceReference(className);
    return reference != null;
  }

  void stop(String symbolicName) throws BundleException {
    for (Bundle bundle : framework.getBundleContext().getBundles()) {
      if (symbolicName.equals(bundle.getSymbolicName())) {
        bundle.stop();
      }
    }
  }

  @Override
  public void close() throws BundleException {
    framework.stop();
    try {
      framework.waitForStop(TimeUnit.SECONDS.toMillis(SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
