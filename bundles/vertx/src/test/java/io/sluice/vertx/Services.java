package io.sluice.vertx;

import java.util.Dictionary;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;

/** Names the services by which the test's bundles show what they saw. */
final class Services {
  private Services() {}

  static Dictionary<String, String> named(String what) {
    return FrameworkUtil.asDictionary(Map.of("what", what));
  }
}
