package io.sluice.drill;

import io.sluice.api.resource.ResourceKey;
import io.sluice.apiserver.ApiServer;
import io.sluice.lab.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An API server on the node, in a process of its own, which can be killed and frozen. */
final class ApiObjects extends Inputs {
  /** Something done to the server. */
  @FunctionalInterface
  private interface Deed {
    void on(ApiServer server);
  }

  private final NetworkNamespace namespace;
  private final ApiServer server;
  private boolean dead;

  ApiObjects(NetworkNamespace namespace, Path folder) throws IOException {
    this.namespace = namespace;
    this.server = namespace.call(() -> ApiServer.start(folder));
  }

  @Override
  Map<String, String> settings() {
    return Map.of("io.sluice.source.kubernetes", "kubeconfig = " + server.kubeconfig() + "\n");
  }

  /** Its process and its connections belong to the node's namespace. */
  private void deed(Deed deed) throws IOException {
    namespace.call(
        () -> {
          deed.on(server);
          return "";
        });
  }

  @Override
  void write(String file, String text) throws IOException {
    deed(running -> running.apply(text));
  }

  @Override
  void delete(String file, boolean whole, Set<ResourceKey> keys) throws IOException {
    for (ResourceKey key : keys) {
      String kind = key.kind().kind();
      if (dead) {
        server.forget(plural(kind), key.namespace(), key.name());
      } else {
        String version = key.kind().group().isEmpty() ? "v1" : key.kind().group() + "/v1";
        deed(running -> running.delete(version, kind, key.namespace(), key.name()));
      }
    }
  }

  private static String plural(String kind) {
    String lower = kind.toLowerCase(Locale.ROOT);
    return lower.endsWith("y") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
  }

  /** Kills it (SIGKILL). What is removed while it is dead is missing when it comes back. */
  void kill() throws IOException {
    deed(ApiServer::kill);
    dead = true;
  }

  /** Starts it again, where it was. */
  void restart() throws IOException {
    deed(ApiServer::restart);
    dead = false;
  }

  /** Freezes it (SIGSTOP): connections stay open and nobody answers. */
  void pause() throws IOException {
    deed(ApiServer::pause);
  }

  void resume() throws IOException {
    deed(ApiServer::resume);
  }

  @Override
  public void close() throws IOException {
    deed(ApiServer::close);
  }
}
