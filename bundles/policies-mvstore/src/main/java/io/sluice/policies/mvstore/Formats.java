package io.sluice.policies.mvstore;

import java.util.Map;
import org.h2.mvstore.MVStore;

/**
 * The formats of the file, by number. The number says how keys, entries and the state are written,
 * and grows with each change of that; a file of an earlier one is brought here step by step.
 *
 * @param current the format that is written
 * @param migrations what leads from a format to the next one; runs before the file is read, and is
 *     committed as a whole
 */
record Formats(int current, Map<Integer, Migration> migrations) {
  /** The first format has no predecessor. */
  static final Formats ALL = new Formats(1, Map.of());

  /** Leads from one format to the next. */
  @FunctionalInterface
  interface Migration {
    /** Changes the content of an open file; commits nothing. */
    void migrate(MVStore store);
  }

  /** Copies the table. */
  Formats {
    migrations = Map.copyOf(migrations);
  }

  /** Brings a file to the current format; true if it was of an earlier one. */
  boolean migrate(MVStore store) {
    int from = store.getStoreVersion();
    for (int format = from; format < current; format++) {
      Migration migration = migrations.get(format);
      if (migration == null) {
        throw new DamagedException("it has the format " + format + ", which there never was");
      }
      migration.migrate(store);
      store.setStoreVersion(format + 1);
    }
    return from < current;
  }
}
