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
 * <p>Arguments: the names of what to measure, shapes, {@code O1}, {@code S2}, {@code S1}, {@code
 * N1} or {@code N2}; none means all. The system property {@code sluice.bench.heap} is the heap of
 * each measurement, for example {@code 600m}.
 */
public final class Benchmarks {
  private static final String ALONE = "--alone";

  /** The measurement on a real switch; needs root and Open vSwitch. */
  private static final String SWITCH = "O1";

  /** The measurement of an agent that follows an API server. */
  private static final String SERVER = "S2";

  /** The start of the distribution from its durable copy; needs root and Open vSwitch. */
  private static final String START = "S1";

  /** The measurement on real nftables; needs root and nftables. */
  private static final String ROUTER = "N1";

  /** What a policy costs the packets; needs root, Open vSwitch and nftables. */
  private static final String PASSAGE = "N2";

  /** The distribution by options of its JVM. */
  private static final String JVM = "JVM";

  private Benchmarks() {}

  /** Runs what the arguments name. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 3 && args[0].equals(ALONE)) {
      measure(args[1], args[2]);
      return;
    }
    List<String> names =
        args.length == 0
            ? Stream.concat(
                    Stream.of(Shape.values()).map(Shape::name),
                    Stream.of(SWITCH, SERVER, START, ROUTER, PASSAGE, JVM))
                .toList()
            : Stream.of(args).map(name -> name.toUpperCase(Locale.ROOT)).toList();
    for (String name : names) {
      for (String variant : variants(name)) {
        alone(name, variant);
      }
    }
  }

  private static List<String> variants(String name) {
    if (name.equals(START)) {
      return List.of("10000");
    }
    if (name.equals(SWITCH)) {
      return List.of("1000", "20000", "100000");
    }
    if (name.equals(SERVER)) {
      return List.of("10000", "100000");
    }
    if (name.equals(ROUTER)) {
      return List.of("1000 library", "10000 library", "100000 library", "1000 program");
    }
    if (name.equals(PASSAGE)) {
      return Passage.variants();
    }
    if (name.equals(JVM)) {
      return JvmSettings.variants();
    }
    return shape(name) == Shape.PAIRS ? List.of("everything") : List.of("node", "everything");
  }

  private static void measure(String name, String variant)
      throws IOException, InterruptedException {
    if (name.equals(JVM)) {
      new JvmSettings(variant).run();
    } else if (name.equals(START)) {
      new CopyStart(Integer.parseInt(variant)).run();
    } else if (name.equals(SWITCH)) {
      new SwitchEvents(Integer.parseInt(variant)).run();
    } else if (name.equals(SERVER)) {
      new ApiServerAgent(Integer.parseInt(variant)).run();
    } else if (name.equals(ROUTER)) {
      int space = variant.indexOf(' ');
      int peers = Integer.parseInt(variant.substring(0, space));
      new RouterEvents(peers, variant.substring(space + 1)).run();
    } else if (name.equals(PASSAGE)) {
      new Passage(variant).run();
    } else {
      Locality locality = variant.equals("node") ? Locality.node("node-0") : Locality.everything();
      new Measurement(shape(name), locality).run();
    }
  }

  private static Shape shape(String name) {
    try {
      return Shape.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "no benchmark "
              + name
              + "; there are "
              + List.of(Shape.values())
              + ", "
              + SWITCH
              + ", "
              + SERVER
              + ", "
              + START
              + ", "
              + ROUTER
              + ", "
              + PASSAGE
              + " and "
              + JVM,
          e);
    }
  }

  /** One measurement in a virtual machine of its own. */
  private static void alone(String name, String variant) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + System.getProperty("sluice.bench.heap", "600m"),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Benchmarks.class.getName(),
                ALONE,
                name,
                variant)
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException(name + " " + variant + " ended with status " + status);
    }
  }
}
