package io.sluice.shell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/** One connection: a Gogo session that answers requests until the client closes. */
final class AdminSession {
  private static final int LONGEST = 1 << 16;
  private static final int SUCCEEDED = 0;
  private static final int FAILED = 1;

  /** Where a command without a scope is looked for: help is ours, not the framework's. */
  private static final String SCOPE = "sluice:felix:*";

  /** Says what to run of what was asked. */
  @FunctionalInterface
  interface Admission {
    String admit(String line) throws CommandFailedException;
  }

  private final CommandProcessor processor;
  private final Admission admission;
  private final DataInputStream in;
  private final DataOutputStream out;

  AdminSession(CommandProcessor processor, SocketChannel client, Admission admission) {
    this.processor = processor;
    this.admission = admission;
    in = new DataInputStream(Channels.newInputStream(client));
    out = new DataOutputStream(Channels.newOutputStream(client));
  }

  void run() throws IOException {
    FrameStream output = new FrameStream(out, 'o');
    FrameStream errors = new FrameStream(out, 'e');
    try (PrintStream stdout = new PrintStream(output, true, StandardCharsets.UTF_8);
        PrintStream stderr = new PrintStream(errors, true, StandardCharsets.UTF_8);
        CommandSession session =
            processor.createSession(InputStream.nullInputStream(), stdout, stderr)) {
      session.put("SCOPE", SCOPE);
      while (true) {
        String command = request();
        long before = errors.written();
        boolean returned = execute(session, command, stdout, stderr);
        stdout.flush();
        stderr.flush();
        exit(returned && errors.written() == before ? SUCCEEDED : FAILED);
      }
    } catch (EOFException e) {
      // The client has what it wanted.
    }
  }

  private String request() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST) {
      throw new IOException("a command has at most " + LONGEST + " bytes, not " + length);
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private boolean execute(
      CommandSession session, String command, PrintStream stdout, PrintStream stderr) {
    try {
      Object result = session.execute(admission.admit(command));
      if (result != null) {
        String text = session.format(result, Converter.INSPECT).toString();
        stdout.print(text.endsWith("\n") || text.isEmpty() ? text : text + "\n");
      }
      return true;
    } catch (Exception e) {
      // Commands may throw anything; this is the root of a session's work.
      stderr.println(e.getMessage() == null ? e.toString() : e.getMessage());
      return false;
    }
  }

  private void exit(int status) throws IOException {
    synchronized (out) {
      out.writeByte('x');
      out.writeInt(Integer.BYTES);
      out.writeInt(status);
      out.flush();
    }
  }
}
