package io.sluice.source.kubernetes;

import io.sluice.api.resource.ResourceKind;
import io.sluice.manifests.ApiEvent;
import io.sluice.manifests.ApiItem;
import io.sluice.manifests.ApiListEnd;
import io.sluice.manifests.ApiReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows one kind on one connection: finds it, lists it, watches it from there on, and does over
 * what has failed.
 *
 * <p>It reads with blocking calls on a virtual thread, which is never interrupted. Whoever wants
 * something else of it ({@link #relist}, {@link #refresh}, {@link #stop}, {@link #check}) closes
 * the answer that it reads and wakes it; an answer that has not begun is given up by its time
 * limit.
 */
final class Reflector {
  private static final System.Logger LOG = System.getLogger(Reflector.class.getName());

  /** Objects handed on at once. */
  private static final int CHUNK = 500;

  /** Lists in pages that may expire before the list is asked for in one piece. */
  private static final int PAGED_ATTEMPTS = 3;

  /** A watch that lives shorter, and says nothing, counts as a failure. */
  private static final long SHORT_LIFE = TimeUnit.SECONDS.toNanos(1);

  /** The server ends a watch after a random time between these, in seconds. */
  private static final int LEAST_LIFE = 300;

  private static final int LONGEST_LIFE = 600;

  /** What a server may ask for by Retry-After. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private static final Duration ABSENT_PAUSE = Duration.ofSeconds(30);

  private final ResourceKind kind;
  private final Connection connection;
  private final Settings settings;
  private final ReflectorListener listener;
  private final Backoff pauses;

  // Confined to the reflector's thread.
  private @Nullable Collection collection;
  private @Nullable ApiReader reader;
  private String version = "";

  // Guarded by this.
  private @Nullable QuietStream open;
  private boolean openIsWatch;
  private boolean relist;
  private boolean refresh;
  private boolean stopped;

  Reflector(
      ResourceKind kind, Connection connection, Settings settings, ReflectorListener listener) {
    this.kind = kind;
    this.connection = connection;
    this.settings = settings;
    this.listener = listener;
    pauses =
        new Backoff(
            settings.firstPause(),
            settings.longestPause(),
            () -> ThreadLocalRandom.current().nextDouble());
  }

  ResourceKind kind() {
    return kind;
  }

  void start() {
    Thread unused = Thread.ofVirtual().name("sluice-kubernetes-" + kind.kind()).start(this::run);
  }

  /** Lists again, as soon as the server can be asked. */
  synchronized void relist() {
    relist = true;
    wake();
  }

  /** Opens the watch again, where it is. */
  synchronized void refresh() {
    refresh = true;
    wake();
  }

  /** Ends; nothing more is heard. */
  synchronized void stop() {
    stopped = true;
    wake();
  }

  /** A list that is under way is left to end: what is wished for then follows. */
  private void wake() {
    if (open != null && (openIsWatch || stopped)) {
      open.giveUp();
    }
    notifyAll();
  }

  /** Gives up an answer that has been silent for too long. */
  synchronized void check() {
    if (open != null && open.isStale()) {
      LOG.log(
          System.Logger.Level.INFO, "{0}: an answer about {1} stalls", connection.server(), kind);
      open.giveUp();
    }
  }

  synchronized boolean isStopped() {
    return stopped;
  }

  private void run() {
    try {
      while (!isStopped()) {
        try {
          step();
        } catch (IOException e) {
          fail(Failure.of(e));
        } catch (RuntimeException e) {
          // The thread's root: the kind is asked for again.
          LOG.log(System.Logger.Level.ERROR, "following " + kind + " failed", e);
          fail(new Failure(Failure.NO_ANSWER, "internal error: " + e, Duration.ZERO, e));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Nobody does; but then it is meant to end.
    }
  }

  private void fail(Failure failure) throws InterruptedException {
    if (failure.status() == 404) {
      collection = null; // Asked for where it is no longer: is it elsewhere, or gone?
    }
    if (failure.isGone()) {
      version = "";
    } else {
      listener.failed(this, failure);
    }
    Duration asked = failure.retryAfter();
    pause(asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked);
  }

  /**
   * Waits, at least as long as the server has asked for; a wish ends the rest.
   *
   * @param least what the server has asked for
   */
  private synchronized void pause(Duration least) throws InterruptedException {
    await(least, true);
    await(pauses.next(), false);
  }

  private synchronized void await(Duration time, boolean regardless) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && !stopped && (regardless || !(relist || refresh))) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
  }

  private void step() throws IOException, InterruptedException {
    Collection found = collection == null ? find() : collection;
    if (found == null) {
      return;
    }
    ApiReader objects =
        reader == null ? new ApiReader(kind, found.version(), connection.server()) : reader;
    reader = objects;
    while (takeRelist() || version.isEmpty()) {
      version = "";
      version = list(found, objects);
    }
    watch(found, objects);
  }

  private @Nullable Collection find() throws IOException, InterruptedException {
    boolean asked = takeRelist();
    listener.listBegins(this);
    Optional<Collection> found = Discovery.find(connection, kind);
    if (found.isPresent()) {
      listener.found(this, found.get());
      collection = found.get();
      reader = null;
      version = "";
    } else {
      listener.absent(this);
      await(ABSENT_PAUSE, false);
    }
    synchronized (this) {
      relist |= asked && found.isPresent();
      refresh = false;
    }
    return collection;
  }

  private synchronized boolean takeRelist() {
    boolean asked = relist;
    relist = false;
    refresh = false;
    return asked;
  }

  // List.

  private String list(Collection from, ApiReader objects) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        int limit = attempt > PAGED_ATTEMPTS ? 0 : settings.pageSize();
        return list(from, objects, limit);
      } catch (Failure e) {
        if (!e.isGone() || attempt > PAGED_ATTEMPTS) {
          throw e;
        }
        pause(e.retryAfter()); // A page's token has expired: from the beginning.
      }
    }
  }

  private String list(Collection from, ApiReader objects, int limit)
      throws IOException, InterruptedException {
    listener.listBegins(this);
    String version;
    String next = "";
    int count = 0;
    do {
      Chunks chunks = new Chunks();
      String query = "?limit=" + limit + (next.isEmpty() ? "" : "&continue=" + encode(next));
      try (QuietStream in = open(from.path() + query, settings.timeout(), false)) {
        ApiListEnd end = objects.list(in, chunks::add);
        chunks.flush();
        version = end.resourceVersion();
        next = end.next();
      } catch (InterruptedWhileReadingException e) {
        throw e.getCause();
      }
      count += chunks.count;
    } while (!next.isEmpty());
    if (count == 0 && listener.wouldEmpty(this)) {
      requireNamespaces();
    }
    listener.listEnds(this, version);
    return version;
  }

  /** A server without any namespace has lost its data, or is another: no cluster is without. */
  private void requireNamespaces() throws IOException, InterruptedException {
    ApiReader namespaces = new ApiReader(ResourceKind.NAMESPACE, "v1", connection.server());
    List<ApiItem> found = new ArrayList<>();
    try (QuietStream in = open("/api/v1/namespaces?limit=1", settings.timeout(), false)) {
      namespaces.list(in, found::add);
    }
    if (found.isEmpty()) {
      throw new Failure(
          Failure.NO_DATA,
          "the server has no namespaces, but objects are known of it: has it lost its data?",
          Duration.ZERO,
          null);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Hands objects on while a list is read. */
  private final class Chunks {
    private List<ApiItem> items = new ArrayList<>();
    private int count;

    void add(ApiItem item) {
      items.add(item);
      count++;
      if (items.size() == CHUNK) {
        try {
          flush();
        } catch (InterruptedException e) {
          throw new InterruptedWhileReadingException(e);
        }
      }
    }

    void flush() throws InterruptedException {
      listener.listed(Reflector.this, items);
      items = new ArrayList<>();
    }
  }

  /** Carries an interruption through a parser. */
  private static final class InterruptedWhileReadingException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final InterruptedException interruption;

    InterruptedWhileReadingException(InterruptedException cause) {
      super(cause);
      interruption = cause;
    }

    @Override
    public InterruptedException getCause() {
      return interruption;
    }
  }

  // Watch.

  private void watch(Collection from, ApiReader objects) throws IOException, InterruptedException {
    int life = ThreadLocalRandom.current().nextInt(LEAST_LIFE, LONGEST_LIFE);
    String query =
        "?watch=true&allowWatchBookmarks=true&timeoutSeconds="
            + life
            + "&resourceVersion="
            + encode(version);
    long begun = System.nanoTime();
    boolean said = false;
    try (QuietStream in = open(from.path() + query, settings.silence(), true);
        ApiReader.Watch watch = objects.watch(in)) {
      listener.watching(this);
      for (Optional<ApiEvent> event = next(in, watch); event.isPresent(); event = next(in, watch)) {
        take(event.get());
        said = true;
        pauses.reset();
      }
    }
    if (said || System.nanoTime() - begun > SHORT_LIFE) {
      pauses.reset();
    } else {
      await(pauses.next(), false);
    }
  }

  /** The next event; nothing if the watch ended, in whatever way: it is opened again. */
  private Optional<ApiEvent> next(QuietStream in, ApiReader.Watch watch) throws IOException {
    try {
      return watch.next();
    } catch (IOException e) {
      if (in.broke()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void take(ApiEvent event) throws IOException, InterruptedException {
    if (event instanceof ApiEvent.Failed(int code, String message)) {
      throw new Failure(code, "the watch ended: " + message, Duration.ZERO, null);
    }
    listener.event(this, event);
    String reached =
        switch (event) {
          case ApiEvent.Changed changed -> changed.resourceVersion();
          case ApiEvent.Deleted deleted -> deleted.resourceVersion();
          case ApiEvent.Bookmark bookmark -> bookmark.resourceVersion();
          case ApiEvent.Failed failed -> "";
        };
    if (!reached.isEmpty()) {
      version = reached;
    }
  }

  /** Asks for something; what then reads it can be made to give up. */
  private QuietStream open(String path, Duration patience, boolean watch)
      throws Failure, InterruptedException {
    InputStream body = connection.get(path);
    QuietStream stream = new QuietStream(body, patience, this::closed);
    synchronized (this) {
      open = stream;
      openIsWatch = watch;
      if (stopped || (watch && (relist || refresh))) {
        stream.giveUp();
      }
    }
    return stream;
  }

  private synchronized void closed(QuietStream stream) {
    if (open == stream) {
      open = null;
    }
  }
}
