package io.sluice.lab;

/** What became of a probe. */
public enum Outcome {
  /** The echo came: the way there and back is open. */
  ANSWERED,
  /** Nothing came in time: dropped. */
  SILENT,
  /** Refused: the way is open but nobody listens, or something rejects. */
  REFUSED
}
