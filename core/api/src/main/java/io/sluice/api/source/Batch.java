package io.sluice.api.source;

import io.sluice.api.resource.Change;
import java.util.List;

/**
 * What a source says in one message. A batch is taken as a whole: its changes become visible in one
 * revision.
 *
 * @param epoch which life of the source's input this is about; a new one begins with everything
 * @param sequence 0 for the first batch of a session, then one more each
 * @param changes what changed, at most one change a key; may be empty
 * @param synced true from the batch on which completes the first full picture of the session. With
 *     the first synced batch the engine forgets whatever it held of this source that the session
 *     has not named
 */
public record Batch(long epoch, long sequence, List<Change> changes, boolean synced) {
  /** Copies the changes. */
  public Batch {
    changes = List.copyOf(changes);
  }
}
