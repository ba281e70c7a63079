package io.sluice.datapath.ovs.openflow;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * A request with what belongs to it: one or more messages out, and the answers. Confined to the
 * connection's thread.
 *
 * @param <T> what it results in
 */
abstract class Exchange<T> {
  /** How far the writing is. */
  enum Progress {
    /** There is more to write. */
    MORE,
    /** There is more to write when an answer has come. */
    WAITING,
    /** All is written. */
    WRITTEN
  }

  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final int xids;
  private int firstXid;

  /**
   * An exchange.
   *
   * @param xids how many transaction ids it uses
   */
  Exchange(int xids) {
    this.xids = xids;
  }

  /** Takes its transaction ids, beginning with this one; returns the next free one. */
  final int begin(int xid) {
    firstXid = xid;
    return xid + xids;
  }

  /** Its transaction id number {@code index}. */
  final int xid(int index) {
    return firstXid + index;
  }

  /** Which of its transaction ids this is; not less than their number if it is none. */
  final int index(int xid) {
    return xid - firstXid;
  }

  final boolean owns(int xid) {
    return Integer.compareUnsigned(index(xid), xids) < 0;
  }

  final CompletableFuture<T> result() {
    return result;
  }

  /**
   * Writes at most one message.
   *
   * @param out has room for the longest message
   */
  abstract Progress write(ByteBuffer out);

  /**
   * An answer came.
   *
   * @param type its type
   * @param index which of this exchange's transaction ids it has
   * @param body behind the header
   */
  abstract void received(int type, int index, ByteBuffer body);

  /**
   * An error came.
   *
   * @param index which of this exchange's transaction ids it has
   */
  abstract void refused(int index, int type, int code);
}
