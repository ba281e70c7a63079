package io.sluice.itests.container.inside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Writes a configuration: its pid, then keys and values in turn; nothing but the pid deletes it.
 * Answers with what was there before.
 */
final class Configure implements Function<List<String>, List<String>> {
  private final BundleContext context;

  Configure(BundleContext context) {
    this.context = context;
  }

  @Override
  public List<String> apply(List<String> words) {
    return Services.with(context, ConfigurationAdmin.class, admin -> write(admin, words));
  }

  private static List<String> write(ConfigurationAdmin admin, List<String> words) {
    try {
      Configuration configuration = admin.getConfiguration(words.getFirst(), "?");
      String before = String.valueOf(configuration.getProperties());
      if (words.size() == 1) {
        configuration.delete();
      } else {
        Map<String, Object> properties = new HashMap<>();
        for (int i = 1; i < words.size(); i += 2) {
          properties.put(words.get(i), words.get(i + 1));
        }
        configuration.update(FrameworkUtil.asDictionary(properties));
      }
      return List.of(before);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
