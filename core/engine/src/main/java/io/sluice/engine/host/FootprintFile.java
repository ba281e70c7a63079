package io.sluice.engine.host;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The names in a file of the agent's data folder, one a line; replaced as a whole. What can't be
 * written is logged: without it an agent protects as before, and at its next start does not know
 * whom it used.
 */
final class FootprintFile implements Footprint {
  private static final Logger LOG = System.getLogger(FootprintFile.class.getName());

  private final Path file;
  private final Executor inOrder;

  /**
   * Makes one.
   *
   * @param inOrder runs one write after the other, not on the loop
   */
  FootprintFile(Path file, Executor inOrder) {
    this.file = file;
    this.inOrder = inOrder;
  }

  @Override
  public List<String> read() {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .filter(name -> !name.isBlank())
          .distinct()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "can't read " + file + ": which datapath enforced is not known", e);
      return List.of();
    }
  }

  @Override
  public void write(List<String> datapaths) {
    inOrder.execute(() -> replace(String.join("\n", datapaths) + "\n"));
  }

  private void replace(String text) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      try (FileChannel channel =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "can't write "
              + file
              + ": after a restart the agent does not know"
              + " which datapath enforced",
          e);
    }
  }
}
