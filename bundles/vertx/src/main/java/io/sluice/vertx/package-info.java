/**
 * Vert.x for the whole agent: one {@link io.vertx.core.Vertx}, registered as an OSGi service.
 *
 * <p>Bundles that want the event bus or an event loop import {@code io.vertx.core} and reference
 * the {@link io.vertx.core.Vertx} service; nobody else creates one, closes it or sets its codec
 * selector.
 *
 * <p>On this bus a message is handed over as the very object that was sent, from one bundle to
 * another, without copy or serialization. So a message must be immutable: a record of immutable
 * parts. The types that Vert.x itself can encode (strings, numbers, buffers, JSON) keep their own
 * codecs. Nothing leaves the process.
 *
 * <p>What the bus does not do: it does not hold back a sender ({@code publish} and {@code send}
 * queue without bound), and it drops what is queued at a consumer that unregisters. Whoever needs
 * flow control lets the reply be the credit for the next message, and registers all of its
 * consumers on one context.
 */
@NullMarked
package io.sluice.vertx;

import org.jspecify.annotations.NullMarked;
