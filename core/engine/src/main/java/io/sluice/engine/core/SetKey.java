package io.sluice.engine.core;

import io.sluice.api.net.Cidr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an exported set holds. Rules that ask for the same share the set.
 *
 * @param members the endpoints
 * @param port if not null, only those on which this named port is {@code number}
 * @param number the named port's number, else 0
 * @param blocks if not null, only addresses in one of these blocks
 */
record SetKey(Members members, @Nullable PortName port, int number, @Nullable List<Cidr> blocks) {
  static SetKey of(Members members) {
    return new SetKey(members, null, 0, null);
  }

  /** Narrowed to the endpoints on which the named port is this number. */
  static SetKey narrowed(Members members, PortName port, int number) {
    return new SetKey(members, port, number, null);
  }

  boolean selects(Slot slot) {
    return port == null || port.is(number, slot.number);
  }
}
