package io.sluice.shell;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets a caller's commands pass, or refuses them; what may change the agent is logged with the name
 * of whoever asks for it. Judged anew for every command, so that a change of the configuration
 * counts at once.
 */
final class Gatekeeper {
  private static final System.Logger AUDIT = System.getLogger("io.sluice.shell.audit");

  private final Supplier<Access> access;

  Gatekeeper(Supplier<Access> access) {
    this.access = access;
  }

  /**
   * Judges a command.
   *
   * @return what to run
   * @throws CommandFailedException if the caller may not run it
   */
  String admit(Caller caller, String line) throws CommandFailedException {
    Optional<PlainLine> asking = PlainLine.of(line).filter(PlainLine::onlyAsks);
    switch (access.get().of(caller)) {
      case ALL -> {
        if (asking.isEmpty()) {
          AUDIT.log(Level.INFO, "user {0} runs: {1}", caller.user(), printable(line));
        }
        return line;
      }
      case ASK -> {
        if (asking.isPresent()) {
          return asking.get().unmistakable();
        }
        AUDIT.log(Level.WARNING, "user {0} was refused: {1}", caller.user(), printable(line));
        throw new CommandFailedException(
            "user "
                + caller.user()
                + " may only ask (readOnlyUsers in io.sluice.shell.cfg): one command a line, which"
                + " changes nothing, without pipes and variables. For more, take the name out of"
                + " readOnlyUsers and write it into users");
      }
      case NONE -> {
        AUDIT.log(Level.WARNING, "user {0} was refused: {1}", caller.user(), printable(line));
        throw new CommandFailedException(
            "user "
                + caller.user()
                + " may not use this agent's shell. Write the name into users (or into"
                + " readOnlyUsers, to ask only) in io.sluice.shell.cfg, or run this as root");
      }
    }
    throw new IllegalStateException("no right is left");
  }

  /** On one line, so that nobody can write lines of their own into the log. */
  private static String printable(String line) {
    return line.codePoints()
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
