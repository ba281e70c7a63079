package io.sluice.itests.host;

import io.sluice.itests.host.dropin.FileDatapath;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Packs one component of this module's drop-ins into a bundle, and drops it into a folder. */
final class DropIn {
  private static final String COMPONENT = "OSGI-INF/component.xml";
  private static final String IMPORTS =
      Stream.of("datapath", "name", "net", "policy", "resource", "selector", "source", "store")
          .map(name -> "io.sluice.api." + name)
          .reduce((one, other) -> one + "," + other)
          .orElseThrow();

  private final String name;
  private final Class<?> implementation;
  private final String service;
  private final List<String> properties = new ArrayList<>();
  private String imports = IMPORTS;
  private boolean configured;

  private DropIn(String name, Class<?> implementation, Class<?> service) {
    this.name = name;
    this.implementation = implementation;
    this.service = service.getName();
  }

  /**
   * A component that is made with nothing.
   *
   * @param name the jar's, the bundle's and the component's name
   */
  static DropIn component(String name, Class<?> implementation, Class<?> service) {
    return new DropIn(name, implementation, service);
  }

  /**
   * A datapath whose switch is a file.
   *
   * @param folder where that file is
   */
  static DropIn datapath(String name, int ranking, String behaviour, Path folder) {
    return component(name, FileDatapath.class, io.sluice.api.datapath.Datapath.class)
        .withProperties()
        .property("sluice.datapath.name", "String", name)
        .property("enforcing", "Boolean", "true")
        .property("service.ranking", "Integer", Integer.toString(ranking))
        .property("behaviour", "String", behaviour)
        .property("folder", "String", folder.toString());
  }

  /** Its constructor takes its properties. */
  DropIn withProperties() {
    configured = true;
    return this;
  }

  DropIn property(String key, String type, String value) {
    properties.add("  <property name='%s' type='%s' value='%s'/>\n".formatted(key, type, value));
    return this;
  }

  /** It imports a package that nobody exports. */
  DropIn missing(String packageName) {
    imports += "," + packageName;
    return this;
  }

  /** Packs it under a temporary name and renames it, so that no half of it is read. */
  Path drop(Path deploy) throws IOException, URISyntaxException {
    Path next = deploy.resolve("." + name + ".jar");
    try (OutputStream file = Files.newOutputStream(next);
        JarOutputStream jar = new JarOutputStream(file, manifest())) {
      jar.putNextEntry(new JarEntry(COMPONENT));
      jar.write(component().getBytes(StandardCharsets.UTF_8));
      Path classes =
          Path.of(implementation.getProtectionDomain().getCodeSource().getLocation().toURI());
      String inside = implementation.getPackageName().replace('.', '/');
      try (Stream<Path> files = Files.list(classes.resolve(inside))) {
        for (Path each : files.sorted().toList()) {
          jar.putNextEntry(new JarEntry(inside + "/" + each.getFileName()));
          Files.copy(each, jar);
        }
      }
    }
    return Files.move(next, deploy.resolve(name + ".jar"), StandardCopyOption.ATOMIC_MOVE);
  }

  private Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", "dropped." + name);
    attributes.putValue("Bundle-Name", "Dropped " + name);
    attributes.putValue("Bundle-Version", "1.0.0");
    attributes.putValue("Import-Package", imports);
    attributes.putValue("Service-Component", COMPONENT);
    return manifest;
  }

  private String component() {
    return "<scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.4.0' name='component."
        + name
        + "'"
        + (configured ? " init='1'" : "")
        + ">\n  <implementation class='"
        + implementation.getName()
        + "'/>\n  <service><provide interface='"
        + service
        + "'/></service>\n"
        + String.join("", properties)
        + "</scr:component>\n";
  }
}
