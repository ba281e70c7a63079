package io.sluice.shell;

import java.io.IOException;
import java.nio.file.Path;

/** A process that asks one thing at a socket: {@code Stranger <socket> <command>}. */
public final class Stranger {
  private Stranger() {}

  /** Prints what it is answered, then {@code =status}; {@code denied} if it does not get there. */
  public static void main(String[] arguments) {
    try (Admin admin = new Admin(Path.of(arguments[0]))) {
      Admin.Answer answer = admin.ask(arguments[1]);
      System.out.println(answer.out() + answer.err() + "=" + answer.status());
    } catch (IOException e) {
      System.out.println("denied: " + e);
    }
  }
}
