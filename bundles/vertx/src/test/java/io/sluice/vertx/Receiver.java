package io.sluice.vertx;

import io.vertx.core.Vertx;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle that registers the parcel it receives as a service and replies with it. */
public final class Receiver implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    Vertx vertx = context.getService(context.getServiceReference(Vertx.class));
    vertx
        .eventBus()
        .<Parcel>localConsumer(
            "parcels",
            message -> {
              context.registerService(Object.class, message.body(), Services.named("received"));
              message.reply(message.body());
            });
  }

  @Override
  public void stop(BundleContext context) {}
}
