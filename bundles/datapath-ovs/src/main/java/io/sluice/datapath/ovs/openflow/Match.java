package io.sluice.datapath.ovs.openflow;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a flow demands of a packet: a list of fields in the order of {@link Field}, each once.
 *
 * <p>Normalized, so that equal means that the switch takes them for one match: no field with an
 * empty mask, no mask where every bit matters, no bit of a value that the mask lacks. Held as its
 * OXM encoding with the hash computed, since there are hundreds of thousands of them.
 */
public final class Match {
  private static final Match ANY = new Match(new byte[0]);

  private final byte[] oxm;
  private final int hash;

  /**
   * A match from a normalized encoding.
   *
   * @param oxm the fields, in order; not copied
   */
  Match(byte[] oxm) {
    this.oxm = oxm;
    this.hash = Arrays.hashCode(oxm);
  }

  /** The match of every packet. */
  public static Match any() {
    return ANY;
  }

  /** Begins a match. */
  public static MatchBuilder builder() {
    return new MatchBuilder();
  }

  /** Begins a match that demands all this one does. */
  public MatchBuilder toBuilder() {
    MatchBuilder builder = new MatchBuilder();
    MatchCodec.read(ByteBuffer.wrap(oxm), builder);
    return builder;
  }

  /** What is demanded, in the order of the fields. */
  public List<FieldMatch> fields() {
    return new ArrayList<>(toBuilder().fields());
  }

  /** What is demanded of one field. */
  public Optional<FieldMatch> field(Field field) {
    return toBuilder().field(field);
  }

  /** Length of the fields' encoding in bytes. */
  int length() {
    return oxm.length;
  }

  void put(ByteBuffer buffer) {
    buffer.put(oxm);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Match match && hash == match.hash && Arrays.equals(oxm, match.oxm);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** In the notation of {@code ovs-ofctl}; empty if every packet matches. */
  @Override
  public String toString() {
    String foreign = toBuilder().foreign().map(hex -> "0x" + hex).orElse("");
    String known = fields().stream().map(FieldMatch::toString).collect(Collectors.joining(","));
    return known.isEmpty() || foreign.isEmpty() ? known + foreign : known + "," + foreign;
  }
}
