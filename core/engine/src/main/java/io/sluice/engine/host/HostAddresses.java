package io.sluice.engine.host;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Problem;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of this host: those that are configured, or those of its network interfaces, looked
 * up again every 10 seconds. Loopback and link-local addresses are not among them: they do not name
 * this host to anyone else.
 */
final class HostAddresses {
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final Calls calls;
  private final Loop loop;
  private final Function<Callable<Set<IpAddress>>, CompletionStage<Set<IpAddress>>> worker;
  private final Callable<Set<IpAddress>> lookup;
  private final Consumer<Set<IpAddress>> found;
  private final Runnable looked;
  private Optional<Set<IpAddress>> configured = Optional.empty();
  private boolean asked;
  private boolean stopped;
  private @Nullable String failure;

  /**
   * Makes one.
   *
   * @param worker runs a look-up on a thread that may block
   * @param lookup the addresses that the host has now
   * @param found told on the loop what was found
   * @param looked told on the loop after each look-up, also one that failed
   */
  HostAddresses(
      Function<Callable<Set<IpAddress>>, CompletionStage<Set<IpAddress>>> worker,
      Callable<Set<IpAddress>> lookup,
      Consumer<Set<IpAddress>> found,
      Runnable looked,
      Loop loop) {
    this.worker = worker;
    this.lookup = lookup;
    this.found = found;
    this.looked = looked;
    this.loop = loop;
    calls = new Calls(loop);
  }

  /** Looks up the addresses of the interfaces. */
  static Set<IpAddress> ofInterfaces() throws SocketException {
    Set<IpAddress> own = new TreeSet<>();
    for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
      card.inetAddresses()
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .map(InetAddress::getAddress)
          .map(IpAddress::of)
          .forEach(own::add);
    }
    return own;
  }

  /** Takes these addresses, or looks them up if there are none. */
  void configure(Optional<Set<IpAddress>> addresses) {
    configured = addresses;
    refreshOnce();
  }

  /** Begins to look, again and again. */
  void start() {
    refreshOnce();
    loop.after(
        PERIOD,
        () -> {
          if (!stopped) {
            start();
          }
        });
  }

  void stop() {
    stopped = true;
  }

  /** Whether they have been looked up, or that has failed. */
  boolean asked() {
    return asked;
  }

  private void refreshOnce() {
    CompletionStage<Void> unused = refresh();
  }

  /** Looks now; completes on the loop once what was found has been told. Never fails. */
  CompletionStage<Void> refresh() {
    CompletableFuture<Void> told = new CompletableFuture<>();
    if (configured.isPresent()) {
      failure = null;
      found.accept(configured.get());
      finish(told);
    } else {
      calls.call(
          () -> worker.apply(lookup),
          addresses -> {
            failure = null;
            if (configured.isEmpty()) {
              found.accept(addresses);
            }
            finish(told);
          },
          cause -> {
            failure = Calls.text(cause);
            finish(told);
          });
    }
    return told;
  }

  private void finish(CompletableFuture<Void> told) {
    asked = true;
    looked.run();
    told.complete(null);
  }

  /** Why the last look-up failed; the addresses found before it stay. */
  List<Problem> problems() {
    String why = failure;
    return why == null
        ? List.of()
        : List.of(
            new Problem(
                "host addresses",
                "",
                "",
                "could not be looked up: " + why,
                "list them in io.sluice.node, key 'addresses'"));
  }
}
