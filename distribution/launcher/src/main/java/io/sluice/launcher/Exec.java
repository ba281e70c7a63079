package io.sluice.launcher;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Runs one command in a running agent: {@code Exec <socket> <command>}.
 *
 * <p>Request: the command's length in bytes (32 bits, big endian) and the command in UTF-8. Answer:
 * frames of a type (8 bits), a length (32 bits) and that many bytes; type {@code 'o'} is standard
 * output, {@code 'e'} standard error, and {@code 'x'} ends the answer with the command's exit
 * status (32 bits).
 *
 * <p>Exit status: the command's (0 or 1), 2 for a wrong command line, 3 if no agent answers.
 */
public final class Exec {
  private static final int NO_AGENT = 3;

  private Exec() {}

  /** Runs the command, copies its output and ends with its status. */
  public static void main(String[] arguments) {
    if (arguments.length != 2 || arguments[1].isBlank()) {
      System.err.println("usage: sluice exec [--run <folder>] '<command>'");
      Runtime.getRuntime().exit(2);
      return;
    }
    Runtime.getRuntime().exit(run(Path.of(arguments[0]), arguments[1]));
  }

  private static int run(Path socket, String command) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      DataOutputStream request = new DataOutputStream(Channels.newOutputStream(channel));
      byte[] line = command.getBytes(StandardCharsets.UTF_8);
      request.writeInt(line.length);
      request.write(line);
      request.flush();
      return answer(new DataInputStream(Channels.newInputStream(channel)));
    } catch (EOFException e) {
      System.err.println("sluice: the agent ended before it had answered");
      return NO_AGENT;
    } catch (IOException e) {
      System.err.println(
          "sluice: no agent answers at "
              + socket
              + " ("
              + e.getMessage()
              + "); start one with 'sluice run', or name its run folder with --run");
      return NO_AGENT;
    }
  }

  private static int answer(DataInputStream in) throws IOException {
    while (true) {
      int type = in.readUnsignedByte();
      int length = in.readInt();
      switch (type) {
        case 'o' -> copy(in, length, System.out);
        case 'e' -> copy(in, length, System.err);
        case 'x' -> {
          System.out.flush();
          return in.readInt();
        }
        default -> throw new IOException("unknown frame " + type);
      }
    }
  }

  private static void copy(DataInputStream in, int length, PrintStream out) throws IOException {
    out.writeBytes(in.readNBytes(length));
    out.flush();
  }
}
