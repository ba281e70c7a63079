package io.sluice.itests.container.inside;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Registers what the tests may ask, each as a function from words to lines. */
public final class Probe implements BundleActivator {
  /** Service property: what a function answers. */
  public static final String QUESTION = "question";

  /** Made by the framework. */
  public Probe() {}

  @Override
  public void start(BundleContext context) {
    Map<String, Function<List<String>, List<String>>> questions =
        Map.of(
            "components",
            new Components(context),
            "configure",
            new Configure(context),
            "execute",
            new Execute(context));
    questions.forEach(
        (name, answer) -> {
          context.registerService(
              Function.class, answer, FrameworkUtil.asDictionary(Map.of(QUESTION, name)));
        });
  }

  @Override
  public void stop(BundleContext context) {
    // The framework takes back what was registered.
  }
}
