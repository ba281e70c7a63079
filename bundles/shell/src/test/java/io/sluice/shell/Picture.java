package io.sluice.shell;

import io.sluice.api.control.Component;
import io.sluice.api.control.Control;
import io.sluice.api.control.DatapathInfo;
import io.sluice.api.control.Decision;
import io.sluice.api.control.EndpointInfo;
import io.sluice.api.control.Explanation;
import io.sluice.api.control.Finding;
import io.sluice.api.control.GroupInfo;
import io.sluice.api.control.LintReport;
import io.sluice.api.control.Measurements;
import io.sluice.api.control.NotSettledException;
import io.sluice.api.control.Party;
import io.sluice.api.control.PolicyInfo;
import io.sluice.api.control.ReleaseResult;
import io.sluice.api.control.Service;
import io.sluice.api.control.Settled;
import io.sluice.api.control.Status;
import io.sluice.api.control.Verdict;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One fixed picture of an agent, to be shown. */
final class Picture implements Control {
  static final PolicyRef DENY = new PolicyRef("NetworkPolicy", "shop", "deny");
  static final Problem REFUSED =
      new Problem(
          "web.yaml",
          "NetworkPolicy/shop/web",
          "spec.ingress[0].ports[0].endPort",
          "is less than port",
          "write the larger of the two");

  @Override
  public CompletionStage<Status> status() {
    return CompletableFuture.completedStage(
        new Status(
            "node-1",
            Status.Readiness.SYNCED,
            7,
            7,
            6,
            "memory",
            false,
            List.of(
                new Component("source", "files", "DEGRADED", "3 files", List.of(REFUSED)),
                new Component("datapath", "memory", "READY", "in the JVM", List.of())),
            List.of(REFUSED),
            Map.of("endpoints", 2L)));
  }

  @Override
  public CompletionStage<Measurements> measurements() {
    return CompletableFuture.failedStage(new AssertionError("no command asks for these"));
  }

  @Override
  public CompletionStage<List<RuleCounter>> counters() {
    return CompletableFuture.failedStage(new AssertionError("no command asks for these"));
  }

  @Override
  public CompletionStage<List<EndpointInfo>> endpoints() {
    return CompletableFuture.completedStage(
        List.of(endpoint("shop", "a"), endpoint("shop", "b"), endpoint("web", "front")));
  }

  private static EndpointInfo endpoint(String namespace, String name) {
    return new EndpointInfo(
        new Endpoint(
            namespace,
            name,
            "",
            "node-1",
            Map.of("app", name),
            List.of(IpAddress.parse("10.0.0.1")),
            List.of(),
            List.of(),
            Endpoint.Network.POD,
            Endpoint.Lifecycle.LIVE,
            Instant.EPOCH,
            "pods.yaml"),
        true,
        "",
        List.of(DENY),
        List.of());
  }

  @Override
  public CompletionStage<List<GroupInfo>> groups() {
    return CompletableFuture.completedStage(List.of());
  }

  @Override
  public CompletionStage<List<PolicyInfo>> policies() {
    return CompletableFuture.completedStage(
        List.of(
            new PolicyInfo(
                new PolicyRef("NetworkPolicy", "shop", "web"),
                2,
                PolicyInfo.State.REJECTED,
                0,
                0,
                0,
                0,
                List.of(REFUSED)),
            new PolicyInfo(DENY, 1, PolicyInfo.State.ACTIVE, 2, 1, 1, 12, List.of())));
  }

  @Override
  public CompletionStage<List<Rule>> rules() {
    return CompletableFuture.completedStage(List.of());
  }

  @Override
  public CompletionStage<Explanation> explain(Party from, Party to, Service service) {
    if (to.toString().equals("shop/nobody")) {
      return CompletableFuture.failedStage(new IllegalArgumentException("no pod shop/nobody"));
    }
    return CompletableFuture.completedStage(
        new Explanation(
            from.toString(),
            to.toString(),
            service.toString(),
            new Decision(Verdict.ALLOW, Decision.Reason.DEFAULT, List.of(), "", ""),
            new Decision(
                Verdict.DENY,
                Decision.Reason.ISOLATION,
                List.of(DENY),
                "",
                "no ingress rule allows " + from + " on " + service,
                "ingress: [{from: [...]}]")));
  }

  @Override
  public CompletionStage<LintReport> lint() {
    return CompletableFuture.completedStage(
        new LintReport(
            List.of(
                new Finding(
                    "unused-port",
                    Finding.Severity.WARNING,
                    "NetworkPolicy/shop/web",
                    "spec.ingress[0].ports",
                    "no pod has it",
                    "correct the name")),
            2,
            3,
            1,
            Duration.ofMillis(12),
            Duration.ofNanos(340_000)));
  }

  @Override
  public CompletionStage<List<String>> flows(PolicyRef policy) {
    return CompletableFuture.completedStage(List.of("flows of " + policy));
  }

  @Override
  public CompletionStage<Settled> settle(Duration timeout) {
    return timeout.toSeconds() == 1
        ? CompletableFuture.failedStage(
            new NotSettledException("an input is refused", List.of(REFUSED)))
        : CompletableFuture.completedStage(
            new Settled(7, "memory", false, Duration.ofMillis(timeout.toSeconds())));
  }

  @Override
  public CompletionStage<List<DatapathInfo>> datapaths() {
    return CompletableFuture.completedStage(
        List.of(
            new DatapathInfo("ovs", 0, true, DatapathInfo.State.CHOSEN, 7, 6, 2, 2, List.of()),
            rejected()));
  }

  private static DatapathInfo rejected() {
    return new DatapathInfo(
        "other", 5, true, DatapathInfo.State.REJECTED, 0, 0, 1, 2, List.of(REFUSED));
  }

  @Override
  public CompletionStage<DatapathInfo> useDatapath(String name) {
    return switch (name) {
      case "ovs" -> datapaths().thenApply(List::getFirst);
      case "other" -> CompletableFuture.completedStage(rejected());
      default -> CompletableFuture.failedStage(new IllegalArgumentException("no datapath " + name));
    };
  }

  @Override
  public CompletionStage<List<ReleaseResult>> release() {
    return CompletableFuture.completedStage(
        List.of(
            new ReleaseResult("ovs", true, "everything of ours was removed"),
            new ReleaseResult("other", false, "no contact with its switch")));
  }
}
