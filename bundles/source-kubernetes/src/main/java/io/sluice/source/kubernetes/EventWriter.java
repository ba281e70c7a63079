package io.sluice.source.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.api.control.Component;
import io.sluice.api.event.PolicyRejected;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes an Event for each rejection of a policy that this source holds, on a thread of its own,
 * one after the other with a pause between; what does not fit into its queue is dropped and
 * counted.
 *
 * <p>The Event's name follows from the policy and the reasons, so that all agents of a cluster
 * write the same one: who comes second finds it, and raises its count when the last time was a
 * while ago.
 */
final class EventWriter {
  private static final System.Logger LOG = System.getLogger(EventWriter.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int QUEUE = 100;
  private static final int MESSAGE = 1000;
  private static final Duration AGAIN = Duration.ofMinutes(5);
  private static final String DEFAULT_NAMESPACE = "default";

  private final Function<PolicyRef, CompletionStage<Optional<ClaimedResource>>> policies;
  private final Supplier<@Nullable Connection> connections;
  private final String host;
  private final InstantSource clock;
  private final Duration spacing;
  private final BlockingQueue<PolicyRejected> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;
  private volatile String failure = "";

  /**
   * Makes one.
   *
   * @param policies finds the policy that the source holds
   * @param connections the source's connection of the moment, or null
   * @param host the host's name
   * @param clock the time that Events give
   * @param spacing the pause after each Event
   */
  EventWriter(
      Function<PolicyRef, CompletionStage<Optional<ClaimedResource>>> policies,
      Supplier<@Nullable Connection> connections,
      String host,
      InstantSource clock,
      Duration spacing) {
    this.policies = policies;
    this.connections = connections;
    this.host = host;
    this.clock = clock;
    this.spacing = spacing;
    thread = Thread.ofVirtual().name("sluice-kubernetes-events").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void stop() {
    thread.interrupt();
  }

  /** Takes a rejection; never waits. */
  void offer(PolicyRejected rejection) {
    if (!queue.offer(rejection)) {
      dropped.incrementAndGet();
    }
  }

  /** For status. */
  Component report() {
    return new Component(
        "events",
        "kubernetes",
        failure.isEmpty() ? "WRITING" : "FAILING",
        failure.isEmpty() ? written + " written, " + dropped + " dropped" : failure,
        List.of(),
        Map.of("written", written.get(), "repeated", repeated.get(), "dropped", dropped.get()));
  }

  private void run() {
    try {
      while (true) {
        PolicyRejected rejection = queue.take();
        try {
          Optional<ClaimedResource> policy =
              policies.apply(rejection.policy()).toCompletableFuture().get();
          if (policy.isPresent()) {
            write(rejection, policy.get());
            TimeUnit.NANOSECONDS.sleep(spacing.toNanos());
          }
        } catch (IOException | ExecutionException | RejectedExecutionException e) {
          failed(rejection, e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Stopped.
    }
  }

  private void failed(PolicyRejected rejection, Exception e) {
    String text =
        e instanceof Failure refused && refused.status() == HttpURLConnection.HTTP_FORBIDDEN
            ? refused.text()
                + "; add the rule for events of config/kubernetes/rbac.yaml, or set events = false"
            : Failure.text(e);
    if (!text.equals(failure)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "no Event could be written for {0}: {1}",
          rejection.policy(),
          text);
    }
    failure = text;
    dropped.incrementAndGet(); // Last: whoever sees the count sees the reason.
  }

  private void write(PolicyRejected rejection, ClaimedResource policy)
      throws IOException, InterruptedException {
    Connection connection = connections.get();
    if (connection == null) {
      throw new IOException("no connection to the API server");
    }
    String namespace =
        policy.key().namespace().isEmpty() ? DEFAULT_NAMESPACE : policy.key().namespace();
    String collection = "/api/v1/namespaces/" + namespace + "/events";
    ObjectNode event = event(rejection, policy, namespace);
    try (InputStream answer =
        connection.send("POST", collection, "application/json", event.toString())) {
      answer.readAllBytes();
      written.incrementAndGet();
    } catch (Failure e) {
      if (e.status() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      repeat(connection, collection + "/" + event.path("metadata").path("name").asText());
    }
    failure = "";
  }

  /** Somebody has written it already: raises its count, unless that was done a moment ago. */
  private void repeat(Connection connection, String path) throws IOException, InterruptedException {
    JsonNode known;
    try (InputStream answer = connection.get(path)) {
      known = JSON.readTree(answer);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String last = known.path("lastTimestamp").asText();
    if (!last.isEmpty() && Instant.parse(last).plus(AGAIN).isAfter(now)) {
      repeated.incrementAndGet();
      return;
    }
    ObjectNode patch = JSON.createObjectNode();
    patch.put("count", known.path("count").asInt(1) + 1);
    patch.put("lastTimestamp", now.toString());
    try (InputStream answer =
        connection.send("PATCH", path, "application/merge-patch+json", patch.toString())) {
      answer.readAllBytes();
      repeated.incrementAndGet();
    }
  }

  private ObjectNode event(PolicyRejected rejection, ClaimedResource policy, String namespace) {
    String message = message(rejection);
    String apiVersion =
        policy.key().kind().group().isEmpty()
            ? policy.version()
            : policy.key().kind().group() + "/" + policy.version();
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    ObjectNode event = JSON.createObjectNode();
    event.put("apiVersion", "v1").put("kind", "Event");
    event.putObject("metadata").put("name", name(policy, message)).put("namespace", namespace);
    event
        .putObject("involvedObject")
        .put("apiVersion", apiVersion)
        .put("kind", policy.key().kind().kind())
        .put("namespace", policy.key().namespace())
        .put("name", policy.key().name())
        .put("uid", policy.uid());
    event.put("type", "Warning").put("reason", "PolicyRejected").put("message", message);
    event.put("count", 1).put("firstTimestamp", now).put("lastTimestamp", now);
    event.putObject("source").put("component", "sluice").put("host", host);
    event.put("reportingComponent", "sluice").put("reportingInstance", host);
    return event;
  }

  /** The same for the same reasons, on every node. */
  private static String name(ClaimedResource policy, String message) {
    String name = policy.key().name();
    long hash = 31L * policy.uid().hashCode() + message.hashCode();
    return (name.length() <= 200 ? name : name.substring(0, 200))
        + "."
        + Long.toHexString(hash & 0xffff_ffff_ffffL);
  }

  private static String message(PolicyRejected rejection) {
    StringBuilder message =
        new StringBuilder(
            rejection.lastGood()
                ? "rejected; the version before it stays in force"
                : "rejected; no earlier version is in force");
    for (Problem problem : rejection.problems()) {
      message.append("; ");
      if (!problem.field().isEmpty()) {
        message.append(problem.field()).append(": ");
      }
      message.append(problem.message());
      if (!problem.remedy().isEmpty()) {
        message.append(" (").append(problem.remedy()).append(')');
      }
    }
    return message.length() <= MESSAGE ? message.toString() : message.substring(0, MESSAGE);
  }
}
