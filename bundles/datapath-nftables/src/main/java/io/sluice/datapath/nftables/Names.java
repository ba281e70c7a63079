package io.sluice.datapath.nftables;

import io.sluice.api.net.Family;
import io.sluice.api.policy.Direction;

/**
 * The names of objects in the table. All but those of base chains carry the number of the table's
 * edition: a replacement never uses a name that is there already.
 *
 * @param edition the number
 */
record Names(int edition) {
  private String name(String kind, long number) {
    return kind + edition + "_" + number;
  }

  private String name(String kind) {
    return kind + "_" + edition;
  }

  static String suffix(Family family) {
    return family == Family.IPV4 ? "4" : "6";
  }

  /** A piece of a program. */
  String link(int number) {
    return name("c", number);
  }

  /** The entrance to the programs of whoever holds an address. */
  String entrance(Direction direction, int number) {
    return name(direction == Direction.EGRESS ? "e" : "i", number);
  }

  /** Refuses what a rule denies. */
  String denial(long rule) {
    return name("x", rule);
  }

  String counter(long rule) {
    return name("r", rule);
  }

  /** Peers by address; a set has a twin for rules that deny. */
  String peers(int set, boolean denying, Family family) {
    return name(denying ? "d" : "a", set) + "_" + suffix(family);
  }

  String blocks(long rule, Family family) {
    return name("b", rule) + "_" + suffix(family);
  }

  String ports(long rule, String protocol) {
    return name("p", rule) + "_" + protocol;
  }

  /** From an address to the entrance. */
  String dispatch(Direction direction, Family family) {
    return name((direction == Direction.EGRESS ? "egress" : "ingress") + suffix(family));
  }

  /** A set or chain of which there is one for each family. */
  String of(String what, Family family) {
    return name(what + suffix(family));
  }

  /** A set, chain or counter of which there is one. */
  String of(String what) {
    return name(what);
  }
}
