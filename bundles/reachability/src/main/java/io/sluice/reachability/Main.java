package io.sluice.reachability;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The process of {@code sluice reachability}. */
public final class Main {
  private Main() {}

  /**
   * Answers and exits: 0, or 2 if a manifest or the command line is invalid, or 1 if the answer
   * can't be written.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int status;
    try {
      status =
          new Reachability(System.in, new FileOutputStream(FileDescriptor.out), err).run(arguments);
    } catch (IOException e) {
      err.println("sluice reachability: the answer can't be written: " + e.getMessage());
      status = 1;
    }
    System.exit(status);
  }
}
