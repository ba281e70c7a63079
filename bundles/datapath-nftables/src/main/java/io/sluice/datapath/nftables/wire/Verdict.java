package io.sluice.datapath.nftables.wire;

/**
 * What becomes of a packet.
 *
 * @param code what, as the kernel numbers it
 * @param chain the chain to go on with; empty for none
 */
record Verdict(int code, String chain) {
  private static final int VERDICT = 2;
  private static final int CODE = 1;
  private static final int CHAIN = 2;

  /** Reads one. */
  static Verdict of(Words words) throws UnknownCommandException {
    String word = words.next();
    return switch (word) {
      case "drop" -> new Verdict(0, "");
      case "accept" -> new Verdict(1, "");
      case "jump" -> new Verdict(-3, words.next());
      case "goto" -> new Verdict(-4, words.next());
      case "return" -> new Verdict(-5, "");
      default -> throw new UnknownCommandException(word);
    };
  }

  void write(Attributes to) {
    int verdict = to.begin(VERDICT);
    to.number(CODE, code);
    if (!chain.isEmpty()) {
      to.text(CHAIN, chain);
    }
    to.end(verdict);
  }
}
