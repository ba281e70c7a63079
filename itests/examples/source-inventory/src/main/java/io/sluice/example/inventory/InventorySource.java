package io.sluice.example.inventory;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.source.BatchSink;
import io.sluice.api.source.EventSource;
import io.sluice.api.source.PacedSession;
import io.sluice.api.source.SessionRequest;
import io.sluice.api.source.SourceSession;
import io.sluice.api.source.SourceStatus;
import io.sluice.api.source.SourceStatus.State;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The event source that polls a table. Everything happens on its thread, one thing at a time. */
@Component(
    configurationPid = "io.sluice.example.inventory",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = EventSource.NAME + "=inventory")
@Designate(ocd = InventoryConfig.class)
public final class InventorySource implements EventSource {
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("sluice-inventory").daemon().factory());
  private final AtomicLong sessions = new AtomicLong();
  private final Download download = new Download();

  // Confined to the thread.
  private final Map<ResourceKey, Resource> known = new TreeMap<>();
  private URI url;
  private boolean everRead;
  private SourceStatus status;
  private SourceStatus statusOfTable;
  private @Nullable PacedSession session;

  /** Begins to poll. */
  @Activate
  public InventorySource(InventoryConfig config) {
    this(address(config), Duration.ofSeconds(config.seconds()));
  }

  /**
   * Begins to poll.
   *
   * @param url where the table is
   * @param period how often it is asked for
   */
  InventorySource(URI url, Duration period) {
    this.url = url;
    status = new SourceStatus(State.CONNECTING, "reading " + url, List.of());
    statusOfTable = status;
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            () -> poll(false), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static URI address(InventoryConfig config) {
    URI address = URI.create(config.url().strip());
    if (address.getHost() == null || !String.valueOf(address.getScheme()).matches("https?")) {
      throw new IllegalArgumentException(
          "io.sluice.example.inventory.cfg: url is '" + config.url() + "'; write http://host/path");
    }
    return address;
  }

  @Modified
  void modified(InventoryConfig config) {
    URI next = address(config);
    thread.execute(
        () -> {
          url = next;
          poll(true);
        });
  }

  @Deactivate
  void stop() {
    thread.execute(
        () -> {
          if (session != null) {
            session.end(null);
          }
        });
    thread.shutdown();
    download.close();
  }

  @Override
  public SourceSession open(SessionRequest request, BatchSink sink) {
    PacedSession opened =
        new PacedSession(request, sink, sessions.incrementAndGet(), thread, () -> poll(true));
    thread.execute(
        () -> {
          session = opened;
          opened.say(status);
          known.values().forEach(resource -> opened.add(new Change.Upsert(resource)));
          poll(true);
        });
    return opened;
  }

  /** Reads the table, tells the session what is new, and answers with how the source is then. */
  private SourceStatus poll(boolean anew) {
    try {
      Optional<String> text = download.get(url, anew);
      if (text.isPresent()) {
        compare(Table.read(text.get(), url.toString()));
        download.accept();
      }
      status = statusOfTable;
    } catch (IOException e) {
      status = new SourceStatus(State.LOST, url + ": " + e.getMessage(), List.of());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (session != null) {
      session.pump(everRead);
      session.say(status);
    }
    return status;
  }

  private void compare(Table table) throws IOException {
    Map<ResourceKey, Resource> now = table.resources();
    if (now.isEmpty() && !known.isEmpty() && table.problems().isEmpty()) {
      throw new IOException("the table is empty though " + known.size() + " objects are known");
    }
    now.forEach(
        (key, resource) -> {
          if (!resource.equals(known.put(key, resource))) {
            tell(new Change.Upsert(resource));
          }
        });
    for (ResourceKey key : List.copyOf(known.keySet())) {
      if (!now.containsKey(key) && !table.mayHold(key)) {
        known.remove(key);
        tell(new Change.Delete(key));
      }
    }
    everRead = true;
    statusOfTable =
        new SourceStatus(
            table.problems().isEmpty() ? State.SYNCED : State.DEGRADED,
            known.size() + " objects of " + url,
            table.problems());
  }

  private void tell(Change change) {
    if (session != null) {
      session.add(change);
    }
  }
}
