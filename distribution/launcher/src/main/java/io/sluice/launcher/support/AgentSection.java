package io.sluice.launcher.support;

import io.sluice.launcher.Folders;
import io.sluice.launcher.admin.AdminConnection;
import io.sluice.launcher.admin.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the agent says: every command that changes nothing, its metrics, its threads. */
final class AgentSection implements Section {
  /** Those that have a form for programs as well. */
  private static final List<String> VIEWS =
      List.of("status", "endpoints", "groups", "policies", "rules", "lint", "datapath list");

  private static final List<String> OTHERS = List.of("jvm:info", "jvm:threads", "lb", "scr:list");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern POLICY =
      Pattern.compile("(?m)^((?:[A-Z]\\w*/)?[\\w.\\-]+/[\\w.\\-]+)\\s");
  private static final Pattern ENDPOINT = Pattern.compile("http://[\\w.:\\[\\]]+:\\d+");

  /** How long a hanging process has to write its threads to its standard output. */
  private static final Duration DUMP = Duration.ofSeconds(2);

  private final Folders folders;
  private final OptionalLong pid;

  AgentSection(Folders folders, OptionalLong pid) {
    this.folders = folders;
    this.pid = pid;
  }

  @Override
  public void collect(Bundle bundle) throws IOException {
    if (pid.isEmpty()) {
      bundle.missing("agent/", "no agent runs with " + folders.run());
      return;
    }
    String status;
    try {
      status = text("sluice:status");
    } catch (IOException e) {
      bundle.missing("agent/", "the agent does not answer: " + e.getMessage());
      bundle.add("agent/threads-asked-for.txt", this::askForThreads);
      return;
    }
    for (String view : VIEWS) {
      String file = "agent/" + view.replace(' ', '-');
      bundle.add(file + ".txt", () -> text("sluice:" + view));
      bundle.add(file + ".json", () -> json("sluice:" + view + " --json"));
    }
    for (String command : OTHERS) {
      bundle.add("agent/" + command.replace(':', '-') + ".txt", () -> text(command));
    }
    bundle.add("agent/flows.txt", this::flows);
    metrics(bundle, status);
  }

  private Answer ask(String command) throws IOException {
    return AdminConnection.ask(folders.socket(), command, PATIENCE);
  }

  private String text(String command) throws IOException {
    Answer answer = ask(command);
    return answer.out()
        + answer.err()
        + (answer.status() == 0 ? "" : "\nexit status " + answer.status() + "\n");
  }

  private String json(String command) throws IOException {
    Answer answer = ask(command);
    if (answer.status() != 0 || !answer.out().matches("(?s)\\s*[\\[{].*")) {
      throw new IOException("this agent has no " + command + ": " + answer.err());
    }
    return answer.out();
  }

  /** What is programmed for each policy, in the datapath's own words. */
  private String flows() throws IOException {
    StringBuilder text = new StringBuilder();
    Matcher policies = POLICY.matcher(ask("sluice:policies").out());
    while (policies.find()) {
      text.append(policies.group(1)).append('\n');
      text.append(text("sluice:flows " + policies.group(1))).append('\n');
    }
    return text.toString();
  }

  private static void metrics(Bundle bundle, String status) throws IOException {
    Matcher endpoint = ENDPOINT.matcher(status);
    if (!endpoint.find()) {
      bundle.missing("metrics/", "the status names no endpoint");
      return;
    }
    String address = endpoint.group();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      for (String path : List.of("metrics", "healthz", "readyz")) {
        bundle.add("metrics/" + path + ".txt", () -> get(client, URI.create(address + "/" + path)));
      }
    }
  }

  private static String get(HttpClient client, URI uri) throws IOException {
    try {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      return "# " + uri + ": " + response.statusCode() + "\n" + response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The JVM prints them itself, where a socket and a loop are not needed. */
  private String askForThreads() throws IOException {
    String printed =
        Programs.run(List.of("kill", "-QUIT", Long.toString(pid.orElseThrow())))
            + "its standard output has them: logs/console.log, or the journal\n";
    try {
      Thread.sleep(DUMP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return printed;
  }
}
