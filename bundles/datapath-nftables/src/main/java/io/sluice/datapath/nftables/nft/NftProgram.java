package io.sluice.datapath.nftables.nft;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The {@code nft} program, one process for each transaction. */
public final class NftProgram implements Nftables {
  private static final int SECONDS = 120;

  private final String program;

  /**
   * Makes one.
   *
   * @param program its name or path
   */
  public NftProgram(String program) {
    this.program = program;
  }

  @Override
  public String run(String commands) throws NftException {
    try {
      Process process =
          new ProcessBuilder(program, "-t", "-f", "-").redirectErrorStream(true).start();
      try (OutputStream input = process.getOutputStream()) {
        input.write(commands.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It ended before it had read everything: its exit status says why.
        process.destroy();
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new NftException(program + " did not end");
      }
      if (process.exitValue() != 0) {
        throw NftException.of(output);
      }
      return output;
    } catch (NftException e) {
      throw e;
    } catch (IOException e) {
      throw new NftException("can't run " + program + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NftException("interrupted while " + program + " ran", e);
    }
  }

  @Override
  public String description() {
    return "program " + program;
  }

  @Override
  public void close() {
    // nothing is held between transactions
  }
}
