package io.sluice.purge;

import io.sluice.api.datapath.Datapath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Whether everything has arrived that lies in the folders: files are read, bundles installed and
 * components given their configuration by others, in their own time.
 */
final class Arrivals {
  private static final String CFG = ".cfg";

  private final BundleContext context;
  private final ServiceComponentRuntime components;
  private final ConfigurationAdmin configurations;

  Arrivals(
      BundleContext context,
      ServiceComponentRuntime components,
      ConfigurationAdmin configurations) {
    this.context = context;
    this.components = components;
    this.configurations = configurations;
  }

  boolean complete() throws IOException, InvalidSyntaxException {
    Set<String> pids = pids();
    return pids.containsAll(files("sluice.conf", CFG)) && bundlesRun() && componentsMade(pids);
  }

  private Set<String> pids() throws IOException, InvalidSyntaxException {
    Configuration @Nullable [] all = configurations.listConfigurations(null);
    return all == null
        ? Set.of()
        : Arrays.stream(all).map(Configuration::getPid).collect(Collectors.toSet());
  }

  /** The names of the files in a folder that a framework property names, without their ending. */
  private List<String> files(String folder, String ending) throws IOException {
    String path = context.getProperty(folder);
    if (path == null || !Files.isDirectory(Path.of(path))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(Path.of(path))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending) && !name.startsWith("."))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .toList();
    }
  }

  private boolean bundlesRun() throws IOException {
    Set<String> running =
        Arrays.stream(context.getBundles())
            .filter(bundle -> (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0)
            .map(Bundle::getLocation)
            .map(location -> location.substring(location.lastIndexOf('/') + 1))
            .collect(Collectors.toSet());
    return running.containsAll(
        files("sluice.deploy", ".jar").stream().map(name -> name + ".jar").toList());
  }

  /** Every datapath that has a configuration has been given it. */
  private boolean componentsMade(Set<String> pids) {
    for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs()) {
      boolean waits =
          Arrays.asList(component.serviceInterfaces).contains(Datapath.class.getName())
              && Arrays.stream(component.configurationPid).anyMatch(pids::contains)
              && components.getComponentConfigurationDTOs(component).stream()
                  .allMatch(
                      one -> one.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION);
      if (waits) {
        return false;
      }
    }
    return true;
  }
}
