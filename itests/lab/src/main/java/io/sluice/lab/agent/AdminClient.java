package io.sluice.lab.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Runs commands in an agent as {@code sluice exec} does, but without a process for each: for many
 * questions.
 *
 * @param socket the agent's administration socket
 */
public record AdminClient(Path socket) {
  /**
   * Runs a command.
   *
   * @throws IOException if no agent answers
   */
  public Answer exec(String command) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      DataOutputStream request = new DataOutputStream(Channels.newOutputStream(channel));
      byte[] line = command.getBytes(StandardCharsets.UTF_8);
      request.writeInt(line.length);
      request.write(line);
      request.flush();
      DataInputStream answer = new DataInputStream(Channels.newInputStream(channel));
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      while (true) {
        int type = answer.readUnsignedByte();
        int length = answer.readInt();
        if (type == 'x') {
          int status = answer.readInt();
          return new Answer(status, text.toString(StandardCharsets.UTF_8));
        }
        text.write(answer.readNBytes(length));
      }
    }
  }
}
