package io.sluice.engine.core;

import io.sluice.api.net.Protocol;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.resource.NamedPort;
import java.util.HashMap;
import java.util.Map;

/** The named ports that endpoints have or rules speak of. */
final class PortTable {
  private record Key(Protocol protocol, String name) {}

  private final Map<Key, PortName> names = new HashMap<>();

  void add(Slot slot) {
    for (NamedPort port : slot.endpoint.ports()) {
      get(port.protocol(), port.name()).add(port.number(), slot.number);
    }
  }

  void remove(Slot slot) {
    for (NamedPort port : slot.endpoint.ports()) {
      PortName name = get(port.protocol(), port.name());
      name.remove(port.number(), slot.number);
      tidy(name);
    }
  }

  PortName acquire(PortMatch.Named match) {
    PortName name = get(match.protocol(), match.name());
    name.rules++;
    return name;
  }

  void release(PortName name) {
    name.rules--;
    tidy(name);
  }

  private PortName get(Protocol protocol, String name) {
    return names.computeIfAbsent(
        new Key(protocol, name), key -> new PortName(key.protocol(), key.name()));
  }

  private void tidy(PortName name) {
    if (name.isUnused()) {
      names.remove(new Key(name.protocol, name.name));
    }
  }
}
