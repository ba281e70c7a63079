package io.sluice.vertx;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Owns the agent's Vert.x. A node agent shares its node with the pods: two event loops (one for the
 * engine, one for everything else) and a handful of workers are enough.
 */
@Component(
    immediate = true,
    service = {})
public final class VertxService {
  private static final System.Logger LOG = System.getLogger(VertxService.class.getName());
  private static final int EVENT_LOOPS = 2;
  private static final int WORKERS = 4;
  private static final long CLOSE_SECONDS = 5;

  private final Vertx vertx;
  private final ServiceRegistration<Vertx> registration;

  /** Creates Vert.x and registers it. */
  @Activate
  public VertxService(BundleContext context) {
    vertx = create();
    IdentityCodec.install(vertx.eventBus());
    registration =
        context.registerService(
            Vertx.class, vertx, FrameworkUtil.asDictionary(Map.of("sluice.bus", "local")));
  }

  private static Vertx create() {
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(EVENT_LOOPS)
            .setWorkerPoolSize(WORKERS)
            .setInternalBlockingPoolSize(WORKERS)
            .setPreferNativeTransport(false)
            // No class path resources are served, so no copies of them litter the disk.
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    // Vert.x finds its own service providers through the thread's class loader.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Vertx.class.getClassLoader());
    try {
      return Vertx.vertx(options);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Withdraws the service first, then closes Vert.x. */
  @Deactivate
  public void close() {
    registration.unregister();
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, "Vert.x did not close cleanly", e);
    }
  }
}
