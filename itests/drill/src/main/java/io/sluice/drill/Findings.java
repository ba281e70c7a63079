package io.sluice.drill;

import java.util.List;
import java.util.OptionalLong;

/**
 * What the judge found.
 *
 * @param denied attempts that no right state allowed
 * @param wronglyAllowed how many of them got through
 * @param wrongPackets packets that reached a pod or were heard by a client although no right state
 *     allowed them
 * @param allowed attempts that every right state allowed
 * @param wronglyDropped how many of them did not get through
 * @param streams streams that every right state allowed from beginning to end
 * @param cut how many of them were silent at the end
 * @param silenceMillis the longest silence of one that was heard again
 * @param passing the moment from which on everything passed that may, if it did
 * @param examples some of what was wrongly allowed
 */
record Findings(
    int denied,
    int wronglyAllowed,
    int wrongPackets,
    int allowed,
    int wronglyDropped,
    int streams,
    int cut,
    long silenceMillis,
    OptionalLong passing,
    List<String> examples) {
  /** Copies the examples. */
  Findings {
    examples = List.copyOf(examples);
  }
}
