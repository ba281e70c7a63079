package io.sluice.shell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client of the administration socket. */
final class Admin implements AutoCloseable {
  private final SocketChannel channel;

  /** What a command answered. */
  record Answer(int status, String out, String err) {}

  Admin(Path socket) throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
  }

  Answer ask(String command) throws IOException {
    DataOutputStream request = new DataOutputStream(Channels.newOutputStream(channel));
    byte[] bytes = command.getBytes(StandardCharsets.UTF_8);
    request.writeInt(bytes.length);
    request.write(bytes);
    DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
    StringBuilder out = new StringBuilder();
    StringBuilder err = new StringBuilder();
    while (true) {
      int type = in.readUnsignedByte();
      byte[] payload = in.readNBytes(in.readInt());
      String text = new String(payload, StandardCharsets.UTF_8);
      switch (type) {
        case 'o' -> out.append(text);
        case 'e' -> err.append(text);
        default -> {
          return new Answer(payload[3], out.toString(), err.toString());
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
