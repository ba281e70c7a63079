package io.sluice.engine.host;

import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.EventSource;
import io.sluice.kit.source.EventSourceContract;
import io.sluice.kit.source.MemorySource;
import io.sluice.kit.source.SourceInput;
import java.util.Map;

/** The source that the engine's tests use keeps the contract of sources. */
class MemorySourceContractTest extends EventSourceContract {
  @Override
  protected SourceInput make() {
    return new Input(new MemorySource());
  }

  private record Input(MemorySource memory) implements SourceInput {
    @Override
    public EventSource source() {
      return memory;
    }

    @Override
    public void put(Namespace namespace) {
      memory.put(namespace);
    }

    @Override
    public void putPolicy(String namespace, String name) {
      ResourceKey key = new ResourceKey(ResourceKind.NETWORK_POLICY, namespace, name);
      memory.put(new ClaimedResource(key, "v1", "", Map.of(), "memory"));
    }

    @Override
    public void remove(ResourceKey key) {
      memory.remove(key);
    }

    @Override
    public void spoil(String namespace) {
      memory.spoil(
          Namespace.key(namespace),
          new Problem("memory", "Namespace/" + namespace, "", "is spoilt", "put it again"));
    }

    @Override
    public void loseContact() {
      memory.loseContact();
    }

    @Override
    public void regainContact() {
      memory.regainContact();
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
