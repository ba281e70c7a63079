package io.sluice.api.policy;

import io.sluice.api.net.Cidr;
import io.sluice.api.selector.GroupSelector;
import java.util.List;

/** Who is at the other end, as a dialect says it. */
public sealed interface Peer {
  /** Anyone: pods, nodes, the outside. */
  record Any() implements Peer {}

  /**
   * The pods of a group.
   *
   * @param selector the group
   */
  record Pods(GroupSelector selector) implements Peer {}

  /**
   * The addresses of a block, also those of pods (API type {@code IPBlock}).
   *
   * @param cidr the block
   * @param except what is taken out of it
   */
  record Block(Cidr cidr, List<Cidr> except) implements Peer {
    /** Copies the exceptions. */
    public Block {
      except = List.copyOf(except);
    }
  }
}
