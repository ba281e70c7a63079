package io.sluice.source.kubernetes;

import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A kubeconfig.
 *
 * @param file the file
 * @param context the context in it; empty for its current one
 */
record Kubeconfig(Path file, String context) implements Access {
  @Override
  public Config read() throws IOException {
    try {
      if (Files.readString(file).isBlank()) {
        throw new IOException("it is empty");
      }
      Config config = Config.fromKubeconfig(context.isEmpty() ? null : context, file.toFile());
      if (config.getCurrentContext() == null
          || !(context.isEmpty() || context.equals(config.getCurrentContext().getName()))) {
        throw new IOException(
            context.isEmpty()
                ? "it has no current-context"
                : "it has no context '" + context + "'");
      }
      tokenFile(config).ifPresent(token -> config.setOauthTokenProvider(() -> text(token)));
      return config;
    } catch (IOException | KubernetesClientException | IllegalArgumentException e) {
      throw new IOException(
          "the kubeconfig "
              + file
              + " can't be used: "
              + Failure.text(e)
              + "; correct it, or kubeconfig and context in io.sluice.source.kubernetes.cfg",
          e);
    }
  }

  /** The file that the user's token is in and that is replaced now and then. */
  private Optional<Path> tokenFile(Config config) {
    String user = config.getCurrentContext().getContext().getUser();
    List<NamedAuthInfo> users = KubeConfigUtils.parseConfig(file.toFile()).getUsers();
    return users.stream()
        .filter(named -> named.getName().equals(user) && named.getUser() != null)
        .map(named -> named.getUser().getTokenFile())
        .filter(path -> path != null && !path.isBlank())
        .map(path -> file.toAbsolutePath().resolveSibling(path))
        .findFirst();
  }

  private static String text(Path token) {
    try {
      return Files.readString(token).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the token " + token + " can't be read", e);
    }
  }

  @Override
  public List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(file));
    try {
      Config config = Config.fromKubeconfig(context.isEmpty() ? null : context, file.toFile());
      for (String named :
          new String[] {
            config.getCaCertFile(), config.getClientCertFile(), config.getClientKeyFile()
          }) {
        if (named != null && !named.isBlank()) {
          files.add(Path.of(named));
        }
      }
    } catch (KubernetesClientException | IllegalArgumentException e) {
      return files; // It can't be read now; when it has changed, it is read again.
    }
    return files;
  }

  @Override
  public String name() {
    return "the kubeconfig " + file;
  }
}
