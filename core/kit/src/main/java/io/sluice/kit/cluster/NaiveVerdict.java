package io.sluice.kit.cluster;

import java.util.List;

/**
 * The verdict of one side of a packet.
 *
 * @param allowed whether it may pass
 * @param by what decided: {@code self}, {@code own-node}, {@code none}, {@code default}, the first
 *     allowing policy by name, or every isolating policy, comma-separated
 * @param isolating the policies that isolate this side, sorted
 */
public record NaiveVerdict(boolean allowed, String by, List<String> isolating) {
  /** Copies the policies. */
  public NaiveVerdict {
    isolating = List.copyOf(isolating);
  }
}
