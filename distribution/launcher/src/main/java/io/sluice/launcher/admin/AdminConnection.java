package io.sluice.launcher.admin;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A connection to the administration socket of an agent.
 *
 * <p>Request: the command's length in bytes (32 bits, big endian) and the command in UTF-8. Answer:
 * frames of a type (8 bits), a length (32 bits) and that many bytes; type {@code 'o'} is standard
 * output, {@code 'e'} standard error, and {@code 'x'} ends the answer with the command's exit
 * status (32 bits). After that the next request may follow.
 */
public final class AdminConnection implements AutoCloseable {
  private final SocketChannel channel;
  private final DataOutputStream request;
  private final DataInputStream answer;

  private AdminConnection(SocketChannel channel) {
    this.channel = channel;
    request = new DataOutputStream(Channels.newOutputStream(channel));
    answer = new DataInputStream(Channels.newInputStream(channel));
  }

  /**
   * Connects.
   *
   * @throws IOException if no agent listens there, or this user may not ask it
   */
  public static AdminConnection open(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new AdminConnection(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Asks one question of an agent, within a time.
   *
   * @throws IOException if no agent answers in time
   */
  public static Answer ask(Path socket, String command, Duration patience) throws IOException {
    try (AdminConnection connection = open(socket)) {
      return connection.within(patience, command);
    }
  }

  private Answer within(Duration patience, String command) throws IOException {
    CountDownLatch answered = new CountDownLatch(1);
    Thread watch = Thread.ofVirtual().start(() -> closeUnless(answered, patience));
    try {
      return answer(command);
    } catch (ClosedChannelException e) {
      throw new IOException("no answer to '" + command + "' within " + patience, e);
    } finally {
      answered.countDown();
      watch.interrupt();
    }
  }

  private void closeUnless(CountDownLatch answered, Duration patience) {
    try {
      if (!answered.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        channel.close();
      }
    } catch (InterruptedException e) {
      // Whoever waited has its answer.
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * Runs a command and hands its output on as it comes.
   *
   * @return its exit status
   * @throws EOFException if the agent ended before it had answered
   */
  public int exec(String command, OutputStream out, OutputStream err) throws IOException {
    byte[] line = command.getBytes(StandardCharsets.UTF_8);
    request.writeInt(line.length);
    request.write(line);
    request.flush();
    while (true) {
      int type = answer.readUnsignedByte();
      int length = answer.readInt();
      switch (type) {
        case 'o' -> copy(length, out);
        case 'e' -> copy(length, err);
        case 'x' -> {
          return answer.readInt();
        }
        default -> throw new IOException("unknown frame " + type);
      }
    }
  }

  private void copy(int length, OutputStream out) throws IOException {
    out.write(answer.readNBytes(length));
    out.flush();
  }

  /** Runs a command and keeps its output. */
  public Answer answer(String command) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = exec(command, out, err);
    return new Answer(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
