package io.sluice.demo;

import io.sluice.lab.agent.AdminClient;
import io.sluice.lab.agent.Agent;
import io.sluice.lab.agent.Answer;
import io.sluice.lab.agent.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The stage without root: the same agent on its in-memory datapath, asked instead of measured. */
final class MemoryStage implements Stage {
  private static final int PATIENCE_SECONDS = 30;

  private final Distribution distribution;
  private final String reason;
  private final Path folder;

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
  public String witness() {
    return "answer";
  }

  @Override
  public Agent start(ManifestDirectory manifests) throws IOException {
    Agent agent =
        new Agent(
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
    agent.start();
    return agent;
  }

  @Override
  public Map<Question, Boolean> measure(List<Question> questions) throws IOException {
    AdminClient client = new AdminClient(folder.resolve("run/admin.sock"));
    Map<Question, Boolean> answers = new LinkedHashMap<>();
    for (Question question : questions) {
      String command =
          "sluice:explain "
              + question.source()
              + " "
              + question.destination()
              + " "
              + question.service();
      Answer answer = client.exec(command);
      if (answer.status() != 0) {
        throw new DemoException("'" + command + "' failed: " + answer.text());
      }
      answers.put(question, answer.text().startsWith("ALLOW"));
    }
    return answers;
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
