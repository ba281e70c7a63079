package io.sluice.launcher.systemd;

import io.sluice.launcher.Folders;
import io.sluice.launcher.admin.AgentState;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the agent how it is, by its own administration socket, and tells the service manager: what
 * is watched is the way that an operator's questions take, the engine's loop included.
 */
public final class ServiceManager {
  private static final Logger LOG = System.getLogger(ServiceManager.class.getName());
  private static final Duration STARTING = Duration.ofSeconds(1);
  private static final Duration RUNNING = Duration.ofSeconds(10);

  /** For how long a start may go on after each answer of the agent. */
  private static final Duration EXTENSION = Duration.ofSeconds(60);

  private final Folders folders;
  private final NotifySocket socket;
  private final Duration interval;
  private boolean ready;
  private String told = "";

  private ServiceManager(Folders folders, NotifySocket socket, Duration interval) {
    this.folders = folders;
    this.socket = socket;
    this.interval = interval;
  }

  /**
   * The service manager that has started this process, if one has that wants to be told.
   *
   * @param environment {@code NOTIFY_SOCKET} and {@code WATCHDOG_USEC}
   */
  public static Optional<ServiceManager> of(Folders folders, Map<String, String> environment) {
    String address = environment.get("NOTIFY_SOCKET");
    if (address == null || address.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ServiceManager(
              folders, new NotifySocket(address), interval(environment.get("WATCHDOG_USEC"))));
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the service manager can't be told anything", e);
      return Optional.empty();
    }
  }

  /** Three times as often as the watchdog looks. */
  private static Duration interval(@Nullable String watchdogMicros) {
    if (watchdogMicros == null || !watchdogMicros.matches("\\d{1,15}")) {
      return RUNNING;
    }
    Duration third =
        Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(Long.parseLong(watchdogMicros)) / 3);
    return third.compareTo(RUNNING) < 0 ? third : RUNNING;
  }

  /** Begins to tell it. */
  public void start() {
    Thread.ofPlatform().daemon().name("service-manager").start(this::run);
  }

  /** Tells it that the agent is about to end. */
  public void stopping() {
    tell("STOPPING=1\nSTATUS=stopping; the rules stay in place");
  }

  private void run() {
    try {
      while (true) {
        look();
        Thread.sleep(ready ? interval : STARTING);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      AgentState state = AgentState.ask(folders.socket());
      boolean complete = state.complete(folders);
      if (complete && !ready) {
        ready = true;
        tell("READY=1\n" + status(state));
      } else if (ready) {
        tell("WATCHDOG=1\n" + status(state));
      } else {
        tell(
            "EXTEND_TIMEOUT_USEC="
                + TimeUnit.NANOSECONDS.toMicros(EXTENSION.toNanos())
                + "\n"
                + status(state));
      }
    } catch (IOException e) {
      // It is starting, or it hangs: what the service manager does then is its business.
      LOG.log(ready ? Level.WARNING : Level.DEBUG, "the agent does not answer itself", e);
    }
  }

  private static String status(AgentState state) {
    return "STATUS="
        + state.rung().name().toLowerCase(Locale.ROOT)
        + ": "
        + state.summary().lines().findFirst().orElse("");
  }

  private void tell(String text) {
    try {
      socket.send(text);
      told = "";
    } catch (IOException e) {
      String failure = String.valueOf(e.getMessage());
      if (!failure.equals(told)) {
        told = failure;
        LOG.log(Level.WARNING, "the service manager can't be told anything", e);
      }
    }
  }
}
