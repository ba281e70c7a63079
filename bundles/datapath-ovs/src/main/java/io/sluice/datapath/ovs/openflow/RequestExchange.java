package io.sluice.datapath.ovs.openflow;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A request that is answered by one message, or several of them. Messages that the switch does not
 * answer unless it refuses them are followed by a barrier, whose reply is the answer.
 *
 * @param <T> what it results in
 */
final class RequestExchange<T> extends Exchange<T> {
  /** Writes a request. */
  interface Writer {
    /** Writes one message with this transaction id, and others with the following ones. */
    void write(ByteBuffer out, int xid);
  }

  /** Reads an answer. */
  interface Reader<T> {
    /** Reads it from behind its header; empty if more of it follows. */
    Optional<T> read(ByteBuffer body);
  }

  private final String name;
  private final Writer writer;
  private final int answer;
  private final Reader<T> reader;

  /**
   * A request.
   *
   * @param name what it is, for people
   * @param xids how many messages the writer writes
   * @param answer the type of its answer
   */
  RequestExchange(String name, int xids, Writer writer, int answer, Reader<T> reader) {
    super(xids);
    this.name = name;
    this.writer = writer;
    this.answer = answer;
    this.reader = reader;
  }

  /** Messages without an answer of their own. */
  static RequestExchange<Boolean> command(String name, int messages, Writer writer) {
    return new RequestExchange<>(
        name,
        messages + 1,
        (out, xid) -> {
          writer.write(out, xid);
          Messages.empty(out, Messages.BARRIER_REQUEST, xid + messages);
        },
        Messages.BARRIER_REPLY,
        body -> Optional.of(true));
  }

  @Override
  Progress write(ByteBuffer out) {
    writer.write(out, xid(0));
    return Progress.WRITTEN;
  }

  @Override
  void received(int type, int index, ByteBuffer body) {
    if (type != answer) {
      throw new MalformedException(name + " was answered by a message of type " + type);
    }
    reader.read(body).ifPresent(result()::complete);
  }

  @Override
  void refused(int index, int type, int code) {
    result().completeExceptionally(new OpenFlowErrorException(name, type, code));
  }
}
