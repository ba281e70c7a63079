package io.sluice.engine.host;

import io.sluice.api.resource.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * What is wrong with bundles whose components never reach the registry of services, so that no
 * reference could tell: a file that is no bundle, a bundle that can't be resolved or does not
 * start, a component that throws when it is activated or waits for a service.
 *
 * <p>Asks the framework each time; to be called on a thread that may block.
 */
final class DropIns implements Supplier<List<Problem>> {
  private static final String CAUSE = "Caused by: ";

  private final BundleContext context;
  private final ServiceComponentRuntime components;
  private final @Nullable Path folder;

  /**
   * Makes one.
   *
   * @param folder where files are dropped in; null if there is no such folder
   */
  DropIns(BundleContext context, ServiceComponentRuntime components, @Nullable Path folder) {
    this.context = context;
    this.components = components;
    this.folder = folder;
  }

  /** Where a bundle comes from, for people: its file, symbolic name and version. */
  static String origin(Bundle bundle) {
    return file(bundle.getLocation())
        + ", bundle "
        + bundle.getSymbolicName()
        + " "
        + bundle.getVersion();
  }

  private static String file(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }

  @Override
  public List<Problem> get() {
    List<Problem> problems = new ArrayList<>();
    Bundle[] bundles = context.getBundles();
    files(bundles, problems);
    for (Bundle bundle : bundles) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle(bundle).ifPresent(problems::add);
      }
    }
    for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs()) {
      for (ComponentConfigurationDTO one : components.getComponentConfigurationDTOs(component)) {
        component(component, one).ifPresent(problems::add);
      }
    }
    return problems;
  }

  private void files(Bundle[] bundles, List<Problem> problems) {
    if (folder == null) {
      return;
    }
    Set<String> installed =
        Stream.of(bundles).map(bundle -> file(bundle.getLocation())).collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".jar") && !name.startsWith("."))
          .filter(name -> !installed.contains(name))
          .sorted()
          .forEach(
              name ->
                  problems.add(
                      new Problem(
                          name,
                          "",
                          "",
                          "is not installed: it is no readable jar, or its manifest is no bundle's",
                          "build it with bnd, copy it under a temporary name and rename it; the log"
                              + " says more")));
    } catch (IOException e) {
      problems.add(
          new Problem(folder.toString(), "", "", "can't be read: " + e, "make it readable"));
    }
  }

  private Optional<Problem> bundle(Bundle bundle) {
    return switch (bundle.getState()) {
      case Bundle.INSTALLED ->
          Optional.of(
              new Problem(
                  origin(bundle),
                  "",
                  "",
                  "can't be resolved: " + missing(bundle),
                  "drop in a bundle that provides what is missing, or build this one against what"
                      + " is here"));
      case Bundle.RESOLVED ->
          shouldRun(bundle)
              ? Optional.of(
                  new Problem(
                      origin(bundle),
                      "",
                      "",
                      "does not start: its activator failed, as the log says",
                      "correct it, or remove it"))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private boolean shouldRun(Bundle bundle) {
    BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
    FrameworkStartLevel reached =
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkStartLevel.class);
    return level.isPersistentlyStarted() && level.getStartLevel() <= reached.getStartLevel();
  }

  private String missing(Bundle bundle) {
    FrameworkWiring wiring =
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    String missing =
        bundle.adapt(BundleRevision.class).getDeclaredRequirements(null).stream()
            .filter(
                requirement ->
                    !Namespace.RESOLUTION_OPTIONAL.equals(
                        requirement
                            .getDirectives()
                            .get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE)))
            .filter(
                requirement ->
                    !PackageNamespace.RESOLUTION_DYNAMIC.equals(
                        requirement
                            .getDirectives()
                            .get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE)))
            .filter(requirement -> wiring.findProviders(requirement).isEmpty())
            .map(DropIns::text)
            .collect(Collectors.joining("; "));
    return missing.isEmpty() ? "what it needs can't be resolved itself" : missing;
  }

  private static String text(BundleRequirement requirement) {
    String filter = requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE);
    return "no bundle provides "
        + requirement.getNamespace()
        + (filter == null ? "" : " " + filter);
  }

  private Optional<Problem> component(
      ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
    String message;
    String remedy;
    switch (configuration.state) {
      case ComponentConfigurationDTO.FAILED_ACTIVATION -> {
        message = "failed when it was activated: " + cause(configuration.failure);
        remedy = "correct what it says, its configuration or the bundle; or remove the bundle";
      }
      case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> {
        message =
            "waits for "
                + Stream.of(configuration.unsatisfiedReferences)
                    .map(reference -> reference.name)
                    .collect(Collectors.joining(", "));
        remedy = "start a bundle that offers it; 'scr:info " + component.name + "' says more";
      }
      default -> {
        return Optional.empty();
      }
    }
    Bundle bundle = context.getBundle(component.bundle.id);
    String place = bundle == null ? component.bundle.symbolicName : origin(bundle);
    return Optional.of(new Problem(place, "component " + component.name, "", message, remedy));
  }

  /** The innermost cause in the text of a stack trace. */
  private static String cause(@Nullable String failure) {
    if (failure == null) {
      return "no reason was given";
    }
    return failure
        .lines()
        .filter(line -> line.startsWith(CAUSE))
        .reduce((outer, inner) -> inner)
        .map(line -> line.substring(CAUSE.length()))
        .or(() -> failure.lines().findFirst())
        .orElse("");
  }
}
