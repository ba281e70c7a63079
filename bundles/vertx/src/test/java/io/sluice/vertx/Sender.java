package io.sluice.vertx;

import io.vertx.core.Vertx;
import java.util.List;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle that sends a parcel and publishes what it sent and what came back, as services. */
public final class Sender implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    Vertx vertx = context.getService(context.getServiceReference(Vertx.class));
    Parcel parcel = new Parcel("from the sender", List.of(1, 2, 3));
    context.registerService(Object.class, parcel, Services.named("sent"));
    vertx
        .eventBus()
        .<Object>request("parcels", parcel)
        .onComplete(
            reply ->
                context.registerService(
                    Object.class,
                    reply.succeeded() ? reply.result().body() : reply.cause(),
                    Services.named("answered")));
  }

  @Override
  public void stop(BundleContext context) {}
}
