package io.sluice.itests.container.inside;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Every component, one a line: {@code <name> satisfied}, {@code <name> needs <pids>} where it is
 * waiting for its configuration, or {@code <name> lacks <references>}.
 */
final class Components implements Function<List<String>, List<String>> {
  private final BundleContext context;

  Components(BundleContext context) {
    this.context = context;
  }

  @Override
  public List<String> apply(List<String> words) {
    return Services.with(context, ServiceComponentRuntime.class, Components::lines);
  }

  private static List<String> lines(ServiceComponentRuntime runtime) {
    List<String> lines = new ArrayList<>();
    for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs()) {
      lines.add(
          component.name
              + " "
              + state(runtime.getComponentConfigurationDTOs(component), component));
    }
    return lines;
  }

  private static String state(
      Collection<ComponentConfigurationDTO> configurations, ComponentDescriptionDTO component) {
    int waiting = ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION;
    if (configurations.stream().allMatch(configuration -> configuration.state == waiting)) {
      return "needs " + String.join(",", component.configurationPid);
    }
    for (ComponentConfigurationDTO configuration : configurations) {
      if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
        List<String> missing = new ArrayList<>();
        for (UnsatisfiedReferenceDTO reference : configuration.unsatisfiedReferences) {
          missing.add(reference.name);
        }
        return "lacks " + missing;
      }
      if (configuration.failure != null) {
        return "failed " + configuration.failure.lines().findFirst().orElse("");
      }
    }
    return "satisfied";
  }
}
