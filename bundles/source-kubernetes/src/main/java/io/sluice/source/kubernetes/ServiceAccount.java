package io.sluice.source.kubernetes;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The service account of the pod that the agent runs in. The kubelet replaces the token long before
 * it expires, so it is read for each request.
 *
 * @param server the API server; empty outside of a pod
 * @param directory where the kubelet puts {@code token} and {@code ca.crt}
 */
record ServiceAccount(String server, Path directory) implements Access {
  private static final Path MOUNTED = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  /** That of the pod that this process runs in. */
  static ServiceAccount ofThisPod() {
    String host = System.getenv().getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = System.getenv().getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return new ServiceAccount(host.isEmpty() ? "" : "https://" + literal + ":" + port, MOUNTED);
  }

  @Override
  public Config read() throws IOException {
    if (server.isEmpty()) {
      throw new IOException(
          "this is no pod (KUBERNETES_SERVICE_HOST is not set); set kubeconfig in"
              + " io.sluice.source.kubernetes.cfg");
    }
    token(); // Fails now, with its reason, rather than at the first request.
    Config config = Config.empty();
    config.setMasterUrl(server);
    if (Files.exists(authority())) {
      config.setCaCertFile(authority().toString());
    }
    config.setOauthTokenProvider(this::tokenNow);
    return config;
  }

  private Path authority() {
    return directory.resolve("ca.crt");
  }

  private String token() throws IOException {
    Path file = directory.resolve("token");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IOException(
          "the token " + file + " can't be read; mount a service account's token into the pod", e);
    }
  }

  private String tokenNow() {
    try {
      return token();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Path> files() {
    return List.of(authority());
  }

  @Override
  public String name() {
    return "the service account in " + directory;
  }
}
