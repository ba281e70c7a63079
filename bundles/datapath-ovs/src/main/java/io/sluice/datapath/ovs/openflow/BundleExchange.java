package io.sluice.datapath.ovs.openflow;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A bundle: opened, filled and closed in one go; committed when the switch has refused nothing of
 * it, else discarded. (To commit would succeed even so: with what was refused missing.)
 */
final class BundleExchange extends Exchange<Boolean> {
  private static final int OPEN_REQUEST = 0;
  private static final int CLOSE_REQUEST = 2;
  private static final int CLOSE_REPLY = 3;
  private static final int COMMIT_REQUEST = 4;
  private static final int COMMIT_REPLY = 5;
  private static final int DISCARD_REQUEST = 6;
  private static final int DISCARD_REPLY = 7;
  private static final int ATOMIC_AND_ORDERED = 3;

  /** Errors kept; a bundle that is wrong throughout need not be told a hundred thousand times. */
  private static final int MAX_ERRORS = 100;

  private final List<FlowMod> mods;
  private final int bundle;
  private final List<BundleFailedException.Refusal> refusals = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private int written;
  private boolean closed;

  /**
   * A bundle.
   *
   * @param bundle its number, not used before on the connection
   */
  BundleExchange(List<FlowMod> mods, int bundle) {
    super(mods.size() + 3);
    this.mods = mods;
    this.bundle = bundle;
  }

  // Transaction ids: 0 opens, 1 to n add, n + 1 closes, n + 2 commits or discards.
  @Override
  Progress write(ByteBuffer out) {
    int close = mods.size() + 1;
    if (written > close && !closed) {
      return Progress.WAITING;
    }
    if (written == 0) {
      control(out, OPEN_REQUEST);
    } else if (written < close) {
      FlowMod mod = mods.get(written - 1);
      FlowModCodec.putBundled(out, mod, xid(written), bundle, ATOMIC_AND_ORDERED);
    } else if (written == close) {
      control(out, CLOSE_REQUEST);
    } else {
      control(out, refused() ? DISCARD_REQUEST : COMMIT_REQUEST);
    }
    written++;
    return written > close + 1 ? Progress.WRITTEN : Progress.MORE;
  }

  private void control(ByteBuffer out, int request) {
    int start = Messages.begin(out, Messages.BUNDLE_CONTROL, xid(written));
    out.putInt(bundle).putShort((short) request).putShort((short) ATOMIC_AND_ORDERED);
    Messages.end(out, start);
  }

  private boolean refused() {
    return !refusals.isEmpty() || !others.isEmpty();
  }

  @Override
  void received(int type, int index, ByteBuffer body) {
    if (type != Messages.BUNDLE_CONTROL) {
      throw new MalformedException("a bundle was answered by a message of type " + type);
    }
    switch (body.getShort(body.position() + 4)) {
      case CLOSE_REPLY -> closed = true;
      case COMMIT_REPLY -> result().complete(true);
      case DISCARD_REPLY -> fail();
      default -> {}
    }
  }

  @Override
  void refused(int index, int type, int code) {
    String error = OpenFlowErrors.describe(type, code);
    if (index >= 1 && index <= mods.size()) {
      if (refusals.size() < MAX_ERRORS) {
        refusals.add(new BundleFailedException.Refusal(mods.get(index - 1), error));
      }
      return;
    }
    others.add(error);
    if (index == mods.size() + 1) {
      closed = true; // the bundle was never opened, or closing it failed; discarding ends it
    } else if (index == mods.size() + 2) {
      fail();
    }
  }

  private void fail() {
    result().completeExceptionally(new BundleFailedException(refusals, others));
  }
}
