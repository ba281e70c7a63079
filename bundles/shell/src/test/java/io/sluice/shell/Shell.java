package io.sluice.shell;

import io.sluice.api.resource.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
    "lint",
    "datapath",
    "release"
  };

  private final ThreadIOImpl threads = new ThreadIOImpl();
  private final AdminSocket socket;
  final Path path;

  Shell(Path folder) throws IOException {
    threads.start();
    CommandProcessorImpl processor = new CommandProcessorImpl(threads);
    Picture picture = new Picture();
    Commands commands = new Commands(picture);
    for (String command : COMMANDS) {
      processor.addCommand("sluice", commands, command);
    }
    Assistance assistance = new Assistance(picture);
    for (String command : new String[] {"help", "complete"}) {
      processor.addCommand("sluice", assistance, command);
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

  /** Lets these use the socket; returns what is wrong with that. */
  List<Problem> allow(Access access) {
    socket.allow(access);
    return socket.report().problems();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.stop();
  }
}
