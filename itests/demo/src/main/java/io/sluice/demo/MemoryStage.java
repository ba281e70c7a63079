package io.sluice.demo;

import io.sluice.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stage without root: the same agent on its in-memory datapath, asked instead of measured. */
final class MemoryStage implements Stage {
  private static final int PATIENCE_SECONDS = 30;

  private final Distribution distribution;
  private final String reason;
  private final Path folder;
  private @Nullable Agent agent;

  /**
   * Prepares it.
   *
   * @param reason why there are no real packets
   */
  MemoryStage(Distribution distribution, String reason) throws IOException {
    this.distribution = distribution;
    this.reason = reason;
    this.folder = Files.createTempDirectory("sluice-demo");
  }

  @Override
  public String description() {
    return "NO PACKETS ARE SENT: "
        + reason
        + ".\nThe same agent runs on its in-memory datapath, which enforces nothing, and the tables"
        + " are its answers.";
  }

  @Override
  public Agent start(ManifestDirectory manifests) throws IOException {
    Agent started =
        Agent.start(
            distribution,
            folder,
            Map.of(
                "io.sluice.node",
                "name = " + Cast.NODE + "\n",
                "io.sluice.source.files",
                "directory = " + manifests.directory() + "\n"),
            (command, log) ->
                new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start());
    agent = started;
    return started;
  }

  @Override
  public Map<Question, Boolean> measure(List<Question> questions) throws IOException {
    String commands =
        questions.stream()
            .map(q -> "sluice:explain " + q.source() + " " + q.destination() + " " + q.service())
            .collect(Collectors.joining("; "));
    List<String> verdicts =
        exec(commands)
            .lines()
            .filter(line -> line.startsWith("ALLOW ") || line.startsWith("DENY "))
            .toList();
    if (verdicts.size() != questions.size()) {
      throw new DemoException("the agent answered " + verdicts.size() + " questions");
    }
    Map<Question, Boolean> answers = new LinkedHashMap<>();
    for (int i = 0; i < verdicts.size(); i++) {
      answers.put(questions.get(i), verdicts.get(i).startsWith("ALLOW "));
    }
    return answers;
  }

  private String exec(String command) throws IOException {
    if (agent == null) {
      throw new LabException("the agent does not run");
    }
    Distribution.Answer answer = agent.exec(command);
    if (answer.status() != 0) {
      throw new DemoException("'" + command + "' failed: " + answer.text());
    }
    return answer.text();
  }

  @Override
  public Watch watch(Question question) {
    return (since, open) -> {
      long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
      while (System.nanoTime() < deadline) {
        if (measure(List.of(question)).containsValue(open)) {
          return Duration.ofNanos(System.nanoTime() - since);
        }
      }
      throw new DemoException("the change did not show within 30 seconds");
    };
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
