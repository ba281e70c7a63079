package io.sluice.example.inventory;

import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.EventSource;
import io.sluice.kit.source.EventSourceContract;
import io.sluice.kit.source.SourceInput;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The inventory keeps the contract of sources; contact is lost by an error of the server. */
class InventorySourceContractTest extends EventSourceContract {
  @Override
  protected SourceInput make() throws IOException {
    return new Input(new TableServer());
  }

  private static final class Input implements SourceInput {
    private final TableServer server;
    private final InventorySource source;
    private final Map<ResourceKey, String> lines = new TreeMap<>();

    Input(TableServer server) {
      this.server = server;
      source = new InventorySource(server.url(), Duration.ofMillis(30));
    }

    @Override
    public EventSource source() {
      return source;
    }

    private void serve() {
      server.serve(lines.values().stream().collect(Collectors.joining("\n", "", "\nend\n")));
    }

    @Override
    public void put(Namespace namespace) {
      String labels =
          namespace.labels().entrySet().stream()
              .map(label -> label.getKey() + "=" + label.getValue())
              .collect(Collectors.joining(" "));
      lines.put(namespace.key(), "namespace " + namespace.name() + " " + labels);
      serve();
    }

    @Override
    public void putPolicy(String namespace, String name) {
      lines.put(
          new ResourceKey(ResourceKind.NETWORK_POLICY, namespace, name),
          "closed " + namespace + "/" + name);
      serve();
    }

    @Override
    public void remove(ResourceKey key) {
      lines.remove(key);
      serve();
    }

    @Override
    public void spoil(String namespace) {
      lines.put(Namespace.key(namespace), "namespace " + namespace + " no-label");
      serve();
    }

    @Override
    public void loseContact() {
      server.answerWith(503);
    }

    @Override
    public void regainContact() {
      server.answerWith(200);
    }

    @Override
    public void close() {
      source.stop();
      server.close();
    }
  }
}
