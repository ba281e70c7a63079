package io.sluice.shell;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;

/** A real Gogo with the commands and the socket, outside of a framework. */
final class Shell implements AutoCloseable {
  private static final String[] COMMANDS = {
    "status",
    "endpoints",
    "groups",
    "policies",
    "rules",
    "explain",
    "flows",
    "settle",
    "datapath",
    "release"
  };

  private final ThreadIOImpl threads = new ThreadIOImpl();
  private final AdminSocket socket;
  final Path path;

  Shell(Path folder) throws IOException {
    threads.start();
    CommandProcessorImpl processor = new CommandProcessorImpl(threads);
    Commands commands = new Commands(new Picture());
    for (String command : COMMANDS) {
      processor.addCommand("sluice", commands, command);
    }
    for (String command : new String[] {"talk", "complain", "copy"}) {
      processor.addCommand("test", new Talking(), command);
    }
    path = folder.resolve("admin.sock");
    socket = new AdminSocket(processor, path);
  }

  /** Commands that tell as the framework's own do: by what they write where. */
  public static final class Talking {
    /** Says that all is well. */
    public void talk() {
      System.out.println("all is well");
    }

    /** Says that something is wrong. */
    public void complain() {
      System.err.println("it went wrong");
    }

    /** Copies its input. */
    public void copy() throws IOException {
      System.in.transferTo(System.out);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.stop();
  }
}
