package io.sluice.vertx;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/** Hands a message over as the object that it is. For the local bus only. */
final class IdentityCodec implements MessageCodec<Object, Object> {
  static final String NAME = "io.sluice.identity";

  /** Makes this the codec of everything that Vert.x has no codec for. */
  static void install(EventBus bus) {
    bus.registerCodec(new IdentityCodec());
    bus.codecSelector(body -> NAME);
  }

  @Override
  public Object transform(Object message) {
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }

  @Override
  public void encodeToWire(Buffer buffer, Object message) {
    throw new UnsupportedOperationException("messages of this bus stay in the process");
  }

  @Override
  public Object decodeFromWire(int position, Buffer buffer) {
    throw new UnsupportedOperationException("messages of this bus stay in the process");
  }
}
