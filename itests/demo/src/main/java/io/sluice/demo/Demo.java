package io.sluice.demo;

import io.sluice.lab.LabException;
import io.sluice.lab.Requirements;
import io.sluice.lab.agent.Agent;
import io.sluice.lab.agent.Answer;
import io.sluice.lab.agent.Distribution;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The story: {@code Demo <unpacked distribution> <manifests>}.
 *
 * <p>Exit status: 0 if all that was measured is as the policies say, 1 if not, 2 if the demo could
 * not be played.
 */
public final class Demo {
  private interface Change {
    long make() throws IOException;
  }

  private final Distribution distribution;
  private final Stage stage;
  private final ManifestDirectory manifests;
  private final PrintStream out;
  private final List<String> summary = new ArrayList<>();
  private boolean differs;

  private Demo(
      Distribution distribution, Stage stage, ManifestDirectory manifests, PrintStream out) {
    this.distribution = distribution;
    this.stage = stage;
    this.manifests = manifests;
    this.out = out;
  }

  /** Plays it. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: Demo <unpacked distribution> <manifests>");
      Runtime.getRuntime().exit(2);
      return;
    }
    Runtime.getRuntime().exit(run(Path.of(arguments[0]), Path.of(arguments[1])));
  }

  private static int run(Path home, Path shipped) throws IOException {
    Path directory = Files.createTempDirectory("sluice-manifests");
    try {
      Distribution distribution = new Distribution(home);
      Optional<String> missing = Requirements.missing();
      long begun = System.nanoTime();
      boolean differs;
      try (Stage stage =
          missing.isEmpty()
              ? new PacketStage(distribution)
              : new MemoryStage(distribution, missing.get())) {
        ManifestDirectory manifests = new ManifestDirectory(shipped, directory);
        Demo demo = new Demo(distribution, stage, manifests, System.out);
        demo.play();
        differs = demo.differs;
      }
      System.out.printf(
          "%s. It took %d seconds; what was made for it is gone.%n",
          differs ? "NOT ALL AS THE POLICIES SAY" : "All as the policies say",
          Duration.ofNanos(System.nanoTime() - begun).toSeconds());
      return differs ? 1 : 0;
    } catch (DemoException | LabException e) {
      System.err.println("The demo stops: " + e.getMessage());
      return 2;
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void play() throws IOException {
    out.println();
    out.println(stage.description());
    out.println();
    out.println(
        "T = TCP "
            + Question.Service.TCP.port()
            + " got through, U = UDP "
            + Question.Service.UDP.port()
            + " got through, . = did not.");
    manifests.add("cluster.yaml");
    manifests.add("web.yaml");
    try (Agent agent = stage.start(manifests)) {
      agent.settle();
      act("1. No policy: everybody reaches everybody");
      measure();
      change(
          agent,
          "2. A default deny for shop, with allows: policies.yaml is put into the directory",
          Cast.question("ops/monitor", "shop/db", Question.Service.TCP),
          false,
          () -> manifests.add("policies.yaml"));
      explain(agent);
      change(
          agent,
          "3. The pod shop/web is relabelled from role=frontend to role=backend in web.yaml:\n"
              + "   it loses the API and gains the database",
          Cast.question("shop/web", "shop/db", Question.Service.TCP),
          true,
          () -> manifests.replace("web.yaml", "role: frontend", "role: backend"));
      change(
          agent,
          "4. The policies are deleted: policies.yaml is removed",
          Cast.question("dev/alice", "shop/db", Question.Service.TCP),
          true,
          () -> manifests.remove("policies.yaml"));
    }
    out.println();
    out.println("Summary");
    out.println();
    for (String line : summary) {
      out.println(Character.isDigit(line.charAt(0)) && line.charAt(1) == '.' ? line : "   " + line);
    }
    out.println();
  }

  private void act(String title) {
    summary.add(title.lines().findFirst().orElseThrow());
    out.println();
    out.println(title);
    out.println();
  }

  private void change(Agent agent, String title, Question sentinel, boolean opens, Change change)
      throws IOException {
    act(title);
    Stage.Watch watch = stage.watch(sentinel);
    Pause.millis(500);
    Duration shown = watch.until(change.make(), opens);
    String line =
        String.format(
            "%d ms from the change of the file to the first %s that shows it" + " (%s -> %s %s %s)",
            shown.toMillis(),
            stage.witness(),
            sentinel.from(),
            sentinel.to(),
            sentinel.service(),
            opens ? "opens" : "closes");
    out.println(line);
    out.println();
    summary.add(line);
    agent.settle();
    measure();
  }

  private void measure() throws IOException {
    Map<Question, Boolean> measured = stage.measure(Cast.questions());
    Table table = new Table(measured, Reachability.of(distribution, manifests.directory()));
    out.println(table.render());
    List<String> differences = table.differences();
    String verdict =
        differences.isEmpty()
            ? table.sum() + ", all as sluice reachability says of the manifests"
            : differences.size() + " of " + measured.size() + " are not as the policies say:";
    out.println(verdict);
    differences.forEach(difference -> out.println("  " + difference));
    summary.add(verdict);
    differs |= !differences.isEmpty();
  }

  private void explain(Agent agent) throws IOException {
    out.println();
    out.println(
        "Why can dev/alice not reach the database?  sluice exec 'sluice:explain dev/alice shop/db"
            + " 8080/TCP'");
    Answer answer = agent.exec("sluice:explain dev/alice shop/db 8080/TCP");
    if (answer.status() != 0) {
      throw new DemoException("explain failed: " + answer.text());
    }
    out.println(answer.text().indent(2).stripTrailing());
  }
}
