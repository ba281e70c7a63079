package io.sluice.shell;

import io.sluice.api.control.DatapathInfo;
import io.sluice.api.control.DatapathInfo.State;
import io.sluice.api.control.ReleaseResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The datapaths, and what came of an order to them. */
final class DatapathView {
  private DatapathView() {}

  static String list(List<DatapathInfo> datapaths) {
    if (datapaths.isEmpty()) {
      return "no datapaths\n";
    }
    Table table =
        new Table("DATAPATH", "RANKING", "ENFORCES", "STATE", "REVISION", "IN FORCE", "COVERED");
    for (DatapathInfo info : datapaths) {
      table.row(
          info.name(),
          info.ranking(),
          info.enforcing() ? "yes" : "no",
          state(info.state()),
          info.revision(),
          info.inForce(),
          info.covered() + "/" + info.endpoints());
    }
    StringBuilder text = new StringBuilder(table.toString());
    datapaths.forEach(info -> info.problems().forEach(p -> text.append(p).append('\n')));
    return text.toString();
  }

  private static String state(State state) {
    return switch (state) {
      case REJECTED, FROZEN -> state.name();
      default -> state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  /** The outcome of a takeover; one that was rejected fails the command. */
  static String used(DatapathInfo info) throws CommandFailedException {
    if (info.state() == State.CHOSEN) {
      return String.format(
          Locale.ROOT,
          "datapath %s is chosen%s; revision %d is in force there. To keep it after a restart,"
              + " write 'datapath = %s' into io.sluice.engine.cfg%n",
          info.name(),
          info.enforcing() ? "" : ", WHICH ENFORCES NOTHING",
          info.inForce(),
          info.name());
    }
    throw new CommandFailedException(
        "datapath " + info.name() + " is " + state(info.state()) + problems(info));
  }

  private static String problems(DatapathInfo info) {
    return info.problems().stream().map(problem -> "\n  " + problem).collect(Collectors.joining());
  }

  /** What releasing means; for whoever has not said that they mean it. */
  static String warning(List<DatapathInfo> datapaths) {
    String names =
        datapaths.stream()
            .filter(DatapathInfo::enforcing)
            .map(info -> info.name() + " (" + info.covered() + " local pods covered)")
            .collect(Collectors.joining(", "));
    return "nothing was removed. 'sluice:release --yes' removes every rule, table and port setting"
        + " of ours from: "
        + (names.isEmpty() ? "no datapath, none enforces" : names)
        + ".\nWhat protects the pods of this node then: NOTHING, every packet passes, until"
        + " 'sluice:datapath use <name>' or a restart of the agent.";
  }

  /** What was removed; what could not be fails the command. */
  static String released(List<ReleaseResult> results) throws CommandFailedException {
    if (results.isEmpty()) {
      return "no datapath enforces; there was nothing to remove\n";
    }
    String text =
        results.stream()
            .map(
                result ->
                    result.datapath()
                        + ": "
                        + (result.removed() ? "" : "NOT REMOVED: ")
                        + result.detail())
            .collect(Collectors.joining("\n"));
    if (!results.stream().allMatch(ReleaseResult::removed)) {
      throw new CommandFailedException(text);
    }
    return text + "\nNOTHING IS ENFORCED until 'sluice:datapath use <name>' or a restart\n";
  }
}
