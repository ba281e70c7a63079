package io.sluice.engine.core;

import io.sluice.api.net.Cidr;
import io.sluice.api.net.IpAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The addresses that endpoints own, on whichever node they are. */
final class AddressSet extends ExportedSet<IpAddress> {
  private final AddressTable addresses;

  AddressSet(SetKey key, int number, Pending pending, AddressTable addresses) {
    super(key, number, pending);
    this.addresses = addresses;
  }

  @Override
  void each(Slot slot, Consumer<IpAddress> consumer) {
    List<Cidr> blocks = key.blocks();
    for (IpAddress address : slot.endpoint.addresses()) {
      if (addresses.owner(address) == slot && within(blocks, address)) {
        consumer.accept(address);
      }
    }
  }

  private static boolean within(@Nullable List<Cidr> blocks, IpAddress address) {
    if (blocks == null) {
      return true;
    }
    for (Cidr block : blocks) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
