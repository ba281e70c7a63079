package io.sluice.datapath.nftables.wire;

import io.sluice.datapath.nftables.netlink.Rules;
import io.sluice.datapath.nftables.nft.NftException;
import io.sluice.datapath.nftables.nft.Nftables;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes to the kernel what it understands of nft(8), and leaves the rest to another. */
public final class WireNftables implements Nftables {
  private static final System.Logger LOG = System.getLogger(WireNftables.class.getName());

  /** errno(3), in the words of strerror(3), for what is to be expected. */
  private static final Map<Integer, String> ERRORS =
      Map.of(
          1, "Operation not permitted",
          2, "No such file or directory",
          12, "Cannot allocate memory",
          16, "Device or resource busy",
          17, "File exists",
          22, "Invalid argument",
          28, "No space left on device",
          31, "Too many links",
          95, "Operation not supported");

  private final Rules rules;
  private final Nftables others;
  private final Map<String, SetType> sets = new HashMap<>();

  /**
   * Makes one.
   *
   * @param rules where it writes to
   * @param others runs what is not understood; closed with this one
   */
  public WireNftables(Rules rules, Nftables others) {
    this.rules = rules;
    this.others = others;
  }

  @Override
  public String run(String commands) throws NftException {
    Batch batch;
    try {
      batch = Commands.batch(commands, sets);
    } catch (UnknownCommandException e) {
      LOG.log(System.Logger.Level.DEBUG, "left to {0}: {1}", others.description(), e.getMessage());
      return others.run(commands);
    }
    if (batch.isEmpty()) {
      return "";
    }
    Optional<Rules.Refusal> refusal;
    try {
      refusal = rules.send(batch.finish());
    } catch (IOException e) {
      throw new NftException("can't write to the kernel: " + e.getMessage(), e);
    }
    if (refusal.isPresent()) {
      int error = refusal.get().error();
      throw new NftException(
          batch.command(refusal.get().sequence())
              + ": "
              + ERRORS.getOrDefault(error, "errno " + error));
    }
    return "";
  }

  @Override
  public String description() {
    return "netlink and " + others.description();
  }

  @Override
  public void close() {
    others.close();
  }
}
