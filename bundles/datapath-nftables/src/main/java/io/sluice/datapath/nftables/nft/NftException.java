package io.sluice.datapath.nftables.nft;

import java.io.IOException;
import java.util.List;

/** Commands were refused, or can't be run at all; the message is what nftables said. */
public final class NftException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int SHOWN = 5;

  /** Makes one without a cause. */
  public NftException(String message) {
    super(message);
  }

  /** Makes one from what nftables printed: its first errors, without the text that they quote. */
  static NftException of(String printed) {
    List<String> errors =
        printed.lines().filter(line -> line.contains("Error: ")).limit(SHOWN).toList();
    return new NftException(errors.isEmpty() ? printed.strip() : String.join("; ", errors));
  }

  /** Makes one. */
  public NftException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether a command named something that does not exist. */
  public boolean isAbsent() {
    return String.valueOf(getMessage()).contains("No such file or directory");
  }
}
