package io.sluice.datapath.nftables;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What there is for each address of a local endpoint: the chains by which packets enter the
 * programs of its holders, and its elements in sets. The maps point to chains that stay while the
 * address has a holder, and not to programs: a map is looked up as it is at that moment, but a
 * chain's rules belong to the generation of the packet's other rules.
 */
final class Entrances {
  /** Says what program an endpoint has. */
  interface ProgramLookup {
    /** The program; null for none. */
    Programs.@Nullable Link of(Direction direction, EndpointId endpoint);
  }

  private static final class Entrance {
    private final int number;
    private final Set<Direction> open = new HashSet<>();
    private final Set<IpAddress> selves = new HashSet<>();

    Entrance(int number) {
      this.number = number;
    }
  }

  private final Names names;
  private final Layout layout;
  private final Ruleset ruleset;
  private final Map<IpAddress, Entrance> entrances = new HashMap<>();
  private final Set<IpAddress> dirty = new LinkedHashSet<>();
  private int next = 1;

  Entrances(Names names, Layout layout, Ruleset ruleset) {
    this.names = names;
    this.layout = layout;
    this.ruleset = ruleset;
  }

  /** Something about these addresses is different. */
  void dirty(Collection<IpAddress> addresses) {
    dirty.addAll(addresses);
  }

  /** Brings what is dirty in order. */
  void settle(Holders holders, ProgramLookup programs) {
    for (IpAddress address : dirty) {
      Set<EndpointId> held = holders.of(address);
      Entrance entrance = entrances.get(address);
      if (entrance == null) {
        if (held.isEmpty()) {
          continue;
        }
        entrance = new Entrance(next++);
        entrances.put(address, entrance);
        ruleset.put(layout.known(address.family()), address.toString());
      }
      for (Direction direction : Direction.values()) {
        direct(address, entrance, direction, held, programs);
      }
      String guarded = layout.guarded(address.family());
      if (entrance.open.isEmpty()) {
        ruleset.take(guarded, address.toString());
      } else {
        ruleset.put(guarded, address.toString());
      }
      selves(address, entrance, held, holders);
      if (held.isEmpty()) {
        ruleset.take(layout.known(address.family()), address.toString());
        entrances.remove(address);
      }
    }
    dirty.clear();
  }

  private void direct(
      IpAddress address,
      Entrance entrance,
      Direction direction,
      Set<EndpointId> held,
      ProgramLookup programs) {
    List<String> lines = new ArrayList<>();
    for (EndpointId holder : held) {
      Programs.Link program = programs.of(direction, holder);
      if (program != null) {
        lines.add("jump " + program.name());
      }
    }
    String chain = names.entrance(direction, entrance.number);
    String map = names.dispatch(direction, address.family());
    if (lines.isEmpty()) {
      if (entrance.open.remove(direction)) {
        ruleset.take(map, address.toString());
        ruleset.dropChain(chain);
      }
      return;
    }
    lines.add(lines.removeLast().replace("jump", "goto"));
    ruleset.chain(chain, lines);
    if (entrance.open.add(direction)) {
      ruleset.put(map, address.toString(), "jump " + chain);
    }
  }

  /** Pairs of an endpoint's own addresses, with this one first. */
  private void selves(IpAddress address, Entrance entrance, Set<EndpointId> held, Holders holders) {
    Set<IpAddress> now = new HashSet<>();
    for (EndpointId holder : held) {
      holders.addresses(holder).stream()
          .filter(other -> other.family() == address.family())
          .forEach(now::add);
    }
    String set = names.of("self", address.family());
    for (IpAddress other : entrance.selves) {
      if (!now.contains(other)) {
        ruleset.take(set, address + " . " + other);
      }
    }
    now.forEach(other -> ruleset.put(set, address + " . " + other));
    entrance.selves.clear();
    entrance.selves.addAll(now);
  }
}
