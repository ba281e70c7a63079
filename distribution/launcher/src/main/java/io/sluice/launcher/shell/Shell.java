package io.sluice.launcher.shell;

import io.sluice.launcher.Folders;
import io.sluice.launcher.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Reads lines and has the agent run them, until {@code exit} or the end of the input. The history
 * is kept in the data folder, for whoever may write there.
 *
 * <p>Exit status: 0, or 3 if no agent answers.
 */
public final class Shell {
  private static final int NO_AGENT = 3;
  private static final int HISTORY = 1_000;
  private static final Size CONSOLE = new Size(80, 24);
  private static final String PROMPT = "sluice> ";

  private Shell() {}

  /** Runs it; the arguments are those of {@link Folders#of}. */
  public static void main(String[] arguments) {
    int status = NO_AGENT;
    try {
      Folders folders = Folders.of(arguments, System.getenv());
      try (Session session = Session.open(folders.socket());
          Terminal terminal =
              TerminalBuilder.builder().system(true).dumb(true).nativeSignals(true).build()) {
        if (terminal.getWidth() == 0) {
          // A serial console does not know its size.
          terminal.setSize(CONSOLE);
        }
        terminal.handle(Terminal.Signal.INT, signal -> session.interrupt());
        run(session, terminal, reader(session, terminal, folders.data()));
        status = 0;
      }
    } catch (StartException e) {
      System.err.println("sluice: " + e.getMessage());
    } catch (IOException e) {
      System.err.println(
          "sluice: no agent answers ("
              + e.getMessage()
              + "); start one with 'sluice start', or name its run folder with --run");
    }
    Runtime.getRuntime().exit(status);
  }

  private static LineReader reader(Session session, Terminal terminal, Path data) {
    DefaultParser parser = new DefaultParser();
    parser.setEscapeChars(new char[0]);
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .appName("sluice")
            .terminal(terminal)
            .parser(parser)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .variable(LineReader.HISTORY_SIZE, HISTORY)
            .variable(LineReader.HISTORY_FILE_SIZE, HISTORY)
            .completer((reader, line, candidates) -> complete(session, line, candidates));
    if (Files.isWritable(data)) {
      builder.variable(LineReader.HISTORY_FILE, data.resolve("history"));
    }
    return builder.build();
  }

  private static void complete(Session session, ParsedLine line, List<Candidate> candidates) {
    for (String candidate : session.complete(line.line().substring(0, line.cursor()))) {
      boolean whole = !candidate.endsWith("/");
      candidates.add(new Candidate(candidate, candidate, null, null, null, null, whole));
    }
  }

  private static void run(Session session, Terminal terminal, LineReader reader) {
    terminal.writer().println("'help' lists the commands, the tabulator completes, 'exit' leaves.");
    while (true) {
      try {
        String line = reader.readLine(PROMPT).strip();
        if (line.equals("exit") || line.equals("quit")) {
          return;
        }
        if (!line.isEmpty()) {
          session.exec(line, terminal.output());
        }
      } catch (UserInterruptException e) {
        // A line that was given up.
      } catch (EndOfFileException e) {
        return;
      } catch (IOException e) {
        terminal.writer().println(e.getMessage());
      }
      terminal.flush();
    }
  }
}
