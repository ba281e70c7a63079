package io.sluice.lab;

/** What a probe is made of. */
public enum Transport {
  /** A connection and an echoed byte. */
  TCP(6),
  /** A datagram and its echo. */
  UDP(17),
  /** An INIT chunk and its INIT ACK, as raw packets: works in kernels without SCTP. */
  SCTP(132);

  private final int number;

  Transport(int number) {
    this.number = number;
  }

  /** The IANA protocol number. */
  public int number() {
    return number;
  }
}
