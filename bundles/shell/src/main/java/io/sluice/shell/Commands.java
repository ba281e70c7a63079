package io.sluice.shell;

import io.sluice.api.control.Control;
import io.sluice.api.control.NotSettledException;
import io.sluice.api.control.Party;
import io.sluice.api.control.Service;
import io.sluice.api.control.Settled;
import io.sluice.api.policy.PolicyRef;
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
      "osgi.command.function=datapath",
      "osgi.command.function=release"
    })
public final class Commands {
  private static final int SETTLE_SECONDS = 30;

  /** More than the engine can be configured to give a takeover. */
  private static final Duration LONGEST_TAKEOVER = Duration.ofMinutes(11);

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
  public String status() throws CommandFailedException, InterruptedException {
    return StatusView.of(ask(Control::status));
  }

  /** What pods it knows. */
  @Descriptor("the pods that are known, and what isolates them")
  public String endpoints() throws CommandFailedException, InterruptedException {
    return Lists.endpoints(ask(Control::endpoints));
  }

  /** What groups there are. */
  @Descriptor("the groups: pods that a pair of selectors selects")
  public String groups() throws CommandFailedException, InterruptedException {
    return Lists.groups(ask(Control::groups));
  }

  /** What policies there are. */
  @Descriptor("the policies, whether they are in force, and what they matched")
  public String policies() throws CommandFailedException, InterruptedException {
    return Lists.policies(ask(Control::policies));
  }

  /** What was compiled for this node. */
  @Descriptor("the compiled rules of this node, system tier first")
  public String rules() throws CommandFailedException, InterruptedException {
    return RulesView.of(ask(Control::rules));
  }

  /** Why a packet is allowed or denied. */
  @Descriptor("why a packet is allowed or denied: explain <from> <to> <port>/<protocol>")
  public String explain(String[] arguments) throws CommandFailedException, InterruptedException {
    if (arguments.length != 3) {
      throw usage(
          "explain <namespace>/<pod>|<address> <namespace>/<pod>|<address> <port>/<protocol>");
    }
    Party from = Party.parse(arguments[0]);
    Party to = Party.parse(arguments[1]);
    Service service = Service.parse(arguments[2]);
    return ExplainView.of(ask(engine -> engine.explain(from, to, service)));
  }

  /** What is programmed for a policy. */
  @Descriptor("what the datapath has programmed for a policy: flows <policy>")
  public String flows(String[] arguments) throws CommandFailedException, InterruptedException {
    if (arguments.length != 1) {
      throw usage("flows <namespace>/<name>|<Kind>/<namespace>/<name>|<Kind>/<name>");
    }
    PolicyRef policy = policy(arguments[0]);
    List<String> flows = ask(engine -> engine.flows(policy));
    return flows.isEmpty()
        ? policy + " has nothing programmed on this node\n"
        : String.join("\n", flows) + "\n";
  }

  /** Waits until everything is in force. */
  @Descriptor("read every input again and wait until it is in force: settle [seconds]")
  public String settle(String[] arguments) throws CommandFailedException, InterruptedException {
    Duration timeout = Duration.ofSeconds(seconds(arguments));
    try {
      Settled settled =
          Question.ask(control, timeout.plus(Question.PATIENCE), engine -> engine.settle(timeout));
      return String.format(
          Locale.ROOT,
          "revision %d is in force on %s%s, after %d ms%n",
          settled.revision(),
          settled.datapath(),
          settled.enforcing() ? "" : ", which enforces nothing",
          settled.took().toMillis());
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
    if (arguments.length == 1 && arguments[0].equals("list")) {
      return DatapathView.list(ask(Control::datapaths));
    }
    if (arguments.length == 2 && arguments[0].equals("use")) {
      return DatapathView.used(
          Question.ask(control, LONGEST_TAKEOVER, engine -> engine.useDatapath(arguments[1])));
    }
    throw usage("datapath list | sluice:datapath use <name>");
  }

  /** Removes everything of ours from every enforcing datapath. */
  @Descriptor(
      "remove every rule, table and port setting of ours from every enforcing datapath: release"
          + " --yes; nothing protects pods from then on, until datapath use <name> or a restart."
          + " Without --yes it says what it would remove")
  public String release(String[] arguments) throws CommandFailedException, InterruptedException {
    if (arguments.length == 0) {
      throw new CommandFailedException(DatapathView.warning(ask(Control::datapaths)));
    }
    if (arguments.length != 1 || !arguments[0].equals("--yes")) {
      throw usage("release --yes");
    }
    return DatapathView.released(Question.ask(control, RELEASE, Control::release));
  }

  private static String explained(NotSettledException unsettled) {
    StringBuilder text = new StringBuilder("not settled: ").append(unsettled.getMessage());
    unsettled.problems().forEach(problem -> text.append("\n  ").append(problem));
    return text.toString();
  }

  private static int seconds(String[] arguments) throws CommandFailedException {
    if (arguments.length == 0) {
      return SETTLE_SECONDS;
    }
    try {
      int seconds = Integer.parseInt(arguments[0]);
      if (arguments.length == 1 && seconds > 0) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      throw new CommandFailedException("'" + arguments[0] + "' is no number of seconds", e);
    }
    throw usage("settle [seconds]");
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

  private static CommandFailedException usage(String usage) {
    return new CommandFailedException("usage: sluice:" + usage);
  }

  private <T> T ask(Question<T> question) throws CommandFailedException, InterruptedException {
    return Question.ask(control, Question.PATIENCE, question);
  }
}
