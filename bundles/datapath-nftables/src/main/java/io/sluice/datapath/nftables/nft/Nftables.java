package io.sluice.datapath.nftables.nft;

/** Runs commands in the network namespace of the thread that made it. Not thread-safe. */
public interface Nftables extends AutoCloseable {
  /**
   * Runs commands as one transaction.
   *
   * @param commands in the language of nft(8), one a line
   * @return what list commands print, without the elements of sets
   * @throws NftException if it was refused; nothing has changed then
   */
  String run(String commands) throws NftException;

  /** How commands are run, for people. */
  String description();

  @Override
  void close();
}
