package io.sluice.translator.networkpolicy;

import io.sluice.api.net.Cidr;
import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads API type {@code IPBlock}. */
final class BlockReader {
  private static final KnownFields BLOCK = KnownFields.of("cidr", "except");

  private BlockReader() {}

  static Optional<Peer> read(Field field) {
    int before = field.problems();
    Fields fields = field.object(BLOCK);
    Optional<Cidr> cidr =
        fields.sound() || fields.get("cidr").given() ? cidr(fields.get("cidr")) : Optional.empty();
    List<Cidr> except = new ArrayList<>();
    for (Field item : fields.get("except").items()) {
      Optional<Cidr> hole = cidr(item);
      hole.ifPresent(except::add);
      if (cidr.isPresent() && hole.isPresent()) {
        checkInside(cidr.get(), hole.get(), item);
      }
    }
    return field.problems() > before
        ? Optional.empty()
        : cidr.map(block -> new Peer.Block(block, except));
  }

  /** Host bits are masked away, as API servers historically did. */
  private static Optional<Cidr> cidr(Field field) {
    if (!field.given()) {
      field.problem("a block of addresses is required", "write one, for example 10.0.0.0/8");
      return Optional.empty();
    }
    Optional<String> text = field.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Cidr cidr = Cidr.parse(text.get());
      String base = text.get().substring(0, text.get().indexOf('/'));
      if (!IpAddress.parse(base).equals(cidr.base())) {
        field.warning(
            Shown.quoted(text.get()) + " has bits set behind its prefix; read as " + cidr,
            "write " + cidr);
      }
      return Optional.of(cidr);
    } catch (IllegalArgumentException e) {
      field.problem(
          Shown.quoted(text.get()) + " is not a block of addresses: " + reason(e),
          remedy(text.get()));
      return Optional.empty();
    }
  }

  /** The message without the text that it repeats at its beginning. */
  private static String reason(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    int text = message.lastIndexOf("': ");
    return Shown.cut(text < 0 ? message : message.substring(text + 3));
  }

  private static String remedy(String text) {
    try {
      return "write " + Cidr.host(IpAddress.parse(text)) + " for this one address";
    } catch (IllegalArgumentException e) {
      return "write an address, '/' and a prefix length, for example 10.0.0.0/8 or 2001:db8::/32";
    }
  }

  private static void checkInside(Cidr block, Cidr hole, Field field) {
    if (hole.family() != block.family()) {
      field.problem(
          hole + " is not of the family of " + block,
          "remove it: a block has addresses of one family, so "
              + (block.family() == Family.IPV4 ? "no IPv6" : "no IPv4")
              + " address is in it");
    } else if (!block.contains(hole) || hole.prefix() <= block.prefix()) {
      field.problem(
          hole + " is not strictly within " + block, "except a smaller block inside " + block);
    }
  }
}
