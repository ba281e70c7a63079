package io.sluice.shell;

import io.sluice.api.control.Control;
import io.sluice.api.control.DatapathInfo;
import io.sluice.api.control.NotSettledException;
import io.sluice.api.control.Party;
import io.sluice.api.control.ReleaseResult;
import io.sluice.api.control.Service;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.text.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The commands of the scope {@code sluice}. They are there as long as the shell is, and say so when
 * the engine is not.
 */
@Component(
    service = Commands.class,
    immediate = true,
    property = {
      "osgi.command.scope=sluice",
      "osgi.command.function=status",
      "osgi.command.function=endpoints",
      "osgi.command.function=groups",
      "osgi.command.function=policies",
      "osgi.command.function=rules",
      "osgi.command.function=explain",
      "osgi.command.function=flows",
      "osgi.command.function=settle",
      "osgi.command.function=lint",
      "osgi.command.function=datapath",
      "osgi.command.function=release"
    })
public final class Commands {
  private static final int SETTLE_SECONDS = 30;

  /** More than the engine can be configured to give a takeover. */
  private static final Duration LONGEST_TAKEOVER = Duration.ofMinutes(11);

  /** It goes in turns, between which the engine does its work. */
  private static final Duration LINT = Duration.ofMinutes(1);

  private static final Duration RELEASE = Duration.ofSeconds(30);

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable Control control;

  /** For Declarative Services. */
  public Commands() {}

  Commands(Control control) {
    this.control = control;
  }

  /** How the agent is. */
  @Descriptor("how the agent is: datapath, sources, stores, problems")
  public String status(String[] arguments) throws CommandFailedException, InterruptedException {
    return invoked("status", arguments)
        .shown(ask(Control::status), StatusView::of, Documents::status);
  }

  /** What pods it knows. */
  @Descriptor("the pods that are known, and what isolates them")
  public String endpoints(String[] arguments) throws CommandFailedException, InterruptedException {
    return invoked("endpoints", arguments)
        .shown(ask(Control::endpoints), Lists::endpoints, Documents::endpoints);
  }

  /** What groups there are. */
  @Descriptor("the groups: pods that a pair of selectors selects")
  public String groups(String[] arguments) throws CommandFailedException, InterruptedException {
    return invoked("groups", arguments)
        .shown(ask(Control::groups), Lists::groups, Documents::groups);
  }

  /** What policies there are. */
  @Descriptor("the policies, whether they are in force, and what they matched")
  public String policies(String[] arguments) throws CommandFailedException, InterruptedException {
    return invoked("policies", arguments)
        .shown(ask(Control::policies), Lists::policies, Documents::policies);
  }

  /** What was compiled for this node. */
  @Descriptor("the compiled rules of this node, system tier first")
  public String rules(String[] arguments) throws CommandFailedException, InterruptedException {
    return invoked("rules", arguments)
        .shown(ask(Control::rules), RulesView::of, RulesView::document);
  }

  /** Why a packet is allowed or denied. */
  @Descriptor("why a packet is allowed or denied: explain <from> <to> <port>/<protocol>")
  public String explain(String[] arguments) throws CommandFailedException, InterruptedException {
    Invocation asked = invoked("explain", arguments);
    Party from = Party.parse(asked.words().get(0));
    Party to = Party.parse(asked.words().get(1));
    Service service = Service.parse(asked.words().get(2));
    return asked.shown(
        ask(engine -> engine.explain(from, to, service)), ExplainView::of, Documents::explanation);
  }

  /** What is programmed for a policy. */
  @Descriptor("what the datapath has programmed for a policy: flows <policy>")
  public String flows(String[] arguments) throws CommandFailedException, InterruptedException {
    Invocation asked = invoked("flows", arguments);
    PolicyRef policy = policy(asked.words().getFirst());
    return asked.shown(
        ask(engine -> engine.flows(policy)),
        flows ->
            flows.isEmpty()
                ? policy + " has nothing programmed on this node\n"
                : String.join("\n", flows) + "\n",
        flows -> JsonText.object("policy", policy.toString(), "flows", flows));
  }

  /** What is broken or probably not meant. */
  @Descriptor("what is broken, and what is legal and probably not meant, with its remedy")
  public String lint(String[] arguments) throws CommandFailedException, InterruptedException {
    return invoked("lint", arguments)
        .shown(Question.ask(control, LINT, Control::lint), LintView::of, LintView::document);
  }

  /** Waits until everything is in force. */
  @Descriptor("read every input again and wait until it is in force: settle [seconds]")
  public String settle(String[] arguments) throws CommandFailedException, InterruptedException {
    Invocation asked = invoked("settle", arguments);
    Duration timeout = Duration.ofSeconds(seconds(asked.words()));
    try {
      return asked.shown(
          Question.ask(control, timeout.plus(Question.PATIENCE), engine -> engine.settle(timeout)),
          settled ->
              String.format(
                  Locale.ROOT,
                  "revision %d is in force on %s%s, after %d ms%n",
                  settled.revision(),
                  settled.datapath(),
                  settled.enforcing() ? "" : ", which enforces nothing",
                  settled.took().toMillis()),
          Documents::settled);
    } catch (CommandFailedException e) {
      throw e.getCause() instanceof NotSettledException unsettled
          ? new CommandFailedException(explained(unsettled), unsettled)
          : e;
    }
  }

  /** The datapaths, and which of them enforces. */
  @Descriptor(
      "the datapaths: datapath list shows the part each one plays; datapath use <name> has one take"
          + " over and waits for the outcome. That holds until the agent is restarted or 'datapath'"
          + " in io.sluice.engine.cfg changes; to keep it, write it there")
  public String datapath(String[] arguments) throws CommandFailedException, InterruptedException {
    Invocation asked = invoked("datapath", arguments);
    if (asked.words().getFirst().equals("list")) {
      return asked.shown(ask(Control::datapaths), DatapathView::list, Documents::datapaths);
    }
    DatapathInfo used =
        Question.ask(
            control, LONGEST_TAKEOVER, engine -> engine.useDatapath(asked.words().getLast()));
    String outcome = DatapathView.used(used);
    return asked.shown(used, info -> outcome, Documents::datapath);
  }

  /** Removes everything of ours from every enforcing datapath. */
  @Descriptor(
      "remove every rule, table and port setting of ours from every enforcing datapath: release"
          + " --yes; nothing protects pods from then on, until datapath use <name> or a restart."
          + " Without --yes it says what it would remove")
  public String release(String[] arguments) throws CommandFailedException, InterruptedException {
    Invocation asked = invoked("release", arguments);
    if (!asked.has("--yes")) {
      throw new CommandFailedException(DatapathView.warning(ask(Control::datapaths)));
    }
    List<ReleaseResult> results = Question.ask(control, RELEASE, Control::release);
    String outcome = DatapathView.released(results);
    return asked.shown(results, all -> outcome, Documents::released);
  }

  private static String explained(NotSettledException unsettled) {
    StringBuilder text = new StringBuilder("not settled: ").append(unsettled.getMessage());
    unsettled.problems().forEach(problem -> text.append("\n  ").append(problem));
    return text.toString();
  }

  private static int seconds(List<String> words) throws CommandFailedException {
    if (words.isEmpty()) {
      return SETTLE_SECONDS;
    }
    String text = words.getFirst();
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new CommandFailedException("'" + text + "' is no number of seconds");
    }
    return Integer.parseInt(text);
  }

  private static Invocation invoked(String command, String... arguments)
      throws CommandFailedException {
    return Manuals.ours(command).given(arguments);
  }

  /** {@code <namespace>/<name>} is a NetworkPolicy; any other kind is written in front. */
  private static PolicyRef policy(String text) throws CommandFailedException {
    String[] parts = text.split("/", -1);
    for (String part : parts) {
      if (part.isEmpty()) {
        throw new CommandFailedException("'" + text + "' is no policy");
      }
    }
    return switch (parts.length) {
      case 2 ->
          Character.isUpperCase(parts[0].charAt(0))
              ? new PolicyRef(parts[0], "", parts[1])
              : new PolicyRef("NetworkPolicy", parts[0], parts[1]);
      case 3 -> new PolicyRef(parts[0], parts[1], parts[2]);
      default -> throw new CommandFailedException("'" + text + "' is no policy");
    };
  }

  private <T> T ask(Question<T> question) throws CommandFailedException, InterruptedException {
    return Question.ask(control, Question.PATIENCE, question);
  }
}
