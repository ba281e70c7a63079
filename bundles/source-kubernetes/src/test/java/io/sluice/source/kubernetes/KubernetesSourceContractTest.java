package io.sluice.source.kubernetes;

import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.EventSource;
import io.sluice.apiserver.ApiServer;
import io.sluice.kit.source.EventSourceContract;
import io.sluice.kit.source.SourceInput;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, over HTTP, against a server that is killed where contact is lost. */
class KubernetesSourceContractTest extends EventSourceContract {
  private static @Nullable ApiServer running;

  @BeforeAll
  static void start(@TempDir Path folder) {
    running = ApiServer.start(folder);
  }

  @AfterAll
  static void stop() {
    if (running != null) {
      running.close();
    }
  }

  @Override
  protected SourceInput make() {
    ApiServer server = Objects.requireNonNull(running);
    server.reset();
    return new ServerInput(server);
  }

  private static final class ServerInput implements SourceInput {
    private final ApiServer server;
    private final KubernetesSource source;
    private boolean dead;

    ServerInput(ApiServer server) {
      this.server = server;
      source = new KubernetesSource(TestSettings.of(server.kubeconfig()));
    }

    @Override
    public EventSource source() {
      return source;
    }

    @Override
    public void put(Namespace namespace) {
      server.apply(Manifests.namespace(namespace));
    }

    @Override
    public void putPolicy(String namespace, String name) {
      server.apply(Manifests.policy(namespace, name));
    }

    @Override
    public void remove(ResourceKey key) {
      if (dead) {
        server.forget("namespaces", "", key.name());
      } else if (key.kind().equals(ResourceKind.NAMESPACE)) {
        server.delete("v1", "Namespace", "", key.name());
      } else {
        throw new IllegalArgumentException("the kit removes namespaces only");
      }
    }

    /** A label that no API server would let in. */
    @Override
    public void spoil(String namespace) {
      server.apply(
          Manifests.namespace(namespace).replace("labels: {", "labels: {bad: \"no label!\", "));
    }

    @Override
    public void loseContact() {
      server.kill();
      dead = true;
    }

    @Override
    public void regainContact() {
      server.restart();
      dead = false;
    }

    @Override
    public void close() {
      source.stop();
      if (dead) {
        regainContact();
      }
    }
  }
}
