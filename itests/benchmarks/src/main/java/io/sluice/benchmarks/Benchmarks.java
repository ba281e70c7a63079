package io.sluice.benchmarks;

import io.sluice.engine.core.Locality;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs benchmarks and prints what they measure.
 *
 * <p>Arguments: the names of the shapes to measure; none means all. The system property {@code
 * sluice.bench.heap} is the heap of each measurement, for example {@code 600m}.
 */
public final class Benchmarks {
  private static final String ALONE = "--alone";

  private Benchmarks() {}

  /** Runs the shapes that the arguments name. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 3 && args[0].equals(ALONE)) {
      Locality locality = args[2].equals("node") ? Locality.node("node-0") : Locality.everything();
      new Measurement(Shape.valueOf(args[1]), locality).run();
      return;
    }
    List<Shape> shapes =
        args.length == 0
            ? List.of(Shape.values())
            : Stream.of(args).map(Benchmarks::shape).toList();
    for (Shape shape : shapes) {
      if (shape != Shape.PAIRS) {
        alone(shape, "node");
      }
      alone(shape, "everything");
    }
  }

  private static Shape shape(String name) {
    try {
      return Shape.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "no benchmark " + name + "; there are " + List.of(Shape.values()), e);
    }
  }

  /** One measurement in a virtual machine of its own. */
  private static void alone(Shape shape, String locality) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + System.getProperty("sluice.bench.heap", "600m"),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Benchmarks.class.getName(),
                ALONE,
                shape.name(),
                locality)
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException(shape + " " + locality + " ended with status " + status);
    }
  }
}
