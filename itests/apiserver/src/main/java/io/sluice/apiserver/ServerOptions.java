package io.sluice.apiserver;

import java.util.ArrayList;
import java.util.List;

/**
 * How a server is started.
 *
 * @param pods how many pods it generates (with their namespaces and nodes, 100 pods each)
 * @param policies how many policies it generates in each of these namespaces
 * @param token the bearer token that it accepts
 * @param heap the heap of its process, for example {@code 512m}
 * @param types types that it serves besides the usual ones, as {@code
 *     group/version/plural/Kind/namespaced} or {@code .../cluster}
 * @param tls whether it speaks TLS, with a certificate of its own that the kubeconfig names
 */
public record ServerOptions(
    int pods, int policies, String token, String heap, List<String> types, boolean tls) {
  /** Nothing but what is put. */
  public static final ServerOptions EMPTY =
      new ServerOptions(0, 0, "token-of-the-test", "512m", List.of(), false);

  /** Copies the types. */
  public ServerOptions {
    types = List.copyOf(types);
  }

  /** The same with a generated cluster. */
  public ServerOptions generating(int newPods, int newPolicies) {
    return new ServerOptions(newPods, newPolicies, token, heap, types, tls);
  }

  /** The same with another token. */
  public ServerOptions accepting(String newToken) {
    return new ServerOptions(pods, policies, newToken, heap, types, tls);
  }

  /** The same with another heap. */
  public ServerOptions within(String newHeap) {
    return new ServerOptions(pods, policies, token, newHeap, types, tls);
  }

  /** The same with TLS. */
  public ServerOptions secured() {
    return new ServerOptions(pods, policies, token, heap, types, true);
  }

  /** The same with one more type. */
  public ServerOptions serving(String type) {
    List<String> more = new ArrayList<>(types);
    more.add(type);
    return new ServerOptions(pods, policies, token, heap, more, tls);
  }
}
