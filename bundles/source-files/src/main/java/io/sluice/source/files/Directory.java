package io.sluice.source.files;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.SourceStatus;
import io.sluice.api.source.SourceStatus.State;
import io.sluice.manifests.Limits;
import io.sluice.manifests.ManifestDirectory;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Wanted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the directory, and the rules by which it follows the disk. Knows no thread and
 * no watch: it is told when to look, and what time it is. Times are of one clock, in nanoseconds.
 */
final class Directory {
  /** A file is read when it has been quiet for so long. */
  static final long QUIET = 5_000_000L;

  /** A file counts as removed when it has been away for so long. */
  static final long AWAY = 10_000_000L;

  /** A file that looks unfinished is read when it has been quiet for so long. */
  static final long SUSPECT = 250_000_000L;

  /** A file that never is quiet is read as it is after so long. */
  static final long PATIENCE = 2_000_000_000L;

  /** When contact is back, the directory counts when it has been quiet for so long. */
  static final long RETURN = 500_000_000L;

  private final Limits limits;
  private final InstantSource wall;
  private final Catalog catalog;
  private final Map<String, Known> files = new TreeMap<>();
  private final Map<String, Waiting> waiting = new HashMap<>();

  private Path path;
  private ManifestReader reader;
  private Set<ResourceKind> claimed = Set.of();
  private boolean complete;
  private int subdirectories;
  private String lost = "has not been read";
  private @Nullable Returning returning;

  /** What is known of a file; without a fingerprint it must be read again. */
  private record Known(
      Optional<Fingerprint> fingerprint, List<Problem> problems, Map<String, Integer> skipped) {}

  /** A file that has changed, and since when it looks as it does. */
  private record Waiting(Optional<Fingerprint> seen, long since, long first, long due) {}

  /** A directory that is back, and since when it looks as it does. */
  private record Returning(Map<String, Optional<Fingerprint>> seen, long since) {}

  Directory(Path path, Limits limits, InstantSource wall, Consumer<Change> listener) {
    this.path = path;
    this.limits = limits;
    this.wall = wall;
    this.catalog = new Catalog(listener);
    this.reader = new ManifestReader(limits, new Wanted(claimed, false));
  }

  Path path() {
    return path;
  }

  /** Every object that is known. */
  Collection<Resource> resources() {
    return catalog.resources();
  }

  /** Whether the whole directory was read, with the kinds claimed now. */
  boolean isComplete() {
    return complete;
  }

  /** Reads another directory from now on; what is known stays until that was read. */
  void move(Path to) {
    path = to;
    complete = false;
    forgetFingerprints();
    lost = "has not been read";
    returning = null;
  }

  /** Reads objects of these kinds from now on. */
  void claim(Set<ResourceKind> kinds) {
    if (!kinds.equals(claimed)) {
      claimed = Set.copyOf(kinds);
      reader = new ManifestReader(limits, new Wanted(claimed, false));
      complete = false;
      forgetFingerprints();
    }
  }

  private void forgetFingerprints() {
    files.replaceAll((name, known) -> new Known(Optional.empty(), known.problems(), known.skipped));
  }

  /** Reads every file again, as it is now. */
  void reread() {
    ManifestDirectory listing = list();
    if (listing == null) {
      return;
    }
    returning = null;
    lost = "";
    waiting.clear();
    for (String name : listing.manifests()) {
      accept(name, read(name));
    }
    for (String name : List.copyOf(files.keySet())) {
      if (!listing.manifests().contains(name)) {
        forget(name);
      }
    }
    complete = true;
  }

  /** Looks at every file; those that have changed are read when they are quiet. */
  void look(long now) {
    ManifestDirectory listing = list();
    if (listing == null) {
      return;
    }
    if (!complete && catalog.size() == 0) {
      reread();
    } else if (!lost.isEmpty() || !complete) {
      comeBack(listing, now);
    } else {
      listing.manifests().forEach(name -> touch(name, now));
      files.keySet().stream()
          .filter(name -> !listing.manifests().contains(name))
          .forEach(name -> touch(name, now));
    }
  }

  /** A file may have changed. */
  void touch(String name, long now) {
    if (!lost.isEmpty() || !ManifestDirectory.isManifest(name)) {
      return;
    }
    Optional<Fingerprint> seen = fingerprint(name);
    Known known = files.get(name);
    Waiting before = waiting.get(name);
    if (before != null) {
      if (!before.seen().equals(seen)) {
        waiting.put(name, waiting(seen, now, before.first()));
      }
    } else if (known == null
        ? seen.isPresent()
        : seen.isEmpty() || !known.fingerprint().equals(seen)) {
      waiting.put(name, waiting(seen, now, now));
    }
  }

  private static Waiting waiting(Optional<Fingerprint> seen, long now, long first) {
    return new Waiting(seen, now, first, now + (seen.isPresent() ? QUIET : AWAY));
  }

  /** When {@link #work} has something to do. */
  Optional<Long> due() {
    return waiting.values().stream().map(Waiting::due).min(Long::compare);
  }

  /** Whether contact is coming back, so that looking again soon is worth it. */
  boolean isReturning() {
    return returning != null;
  }

  /** Reads the files that have been quiet for long enough. */
  void work(long now) {
    List<String> due = new ArrayList<>();
    waiting.forEach(
        (name, state) -> {
          if (state.due() <= now) {
            due.add(name);
          }
        });
    due.sort(null);
    List<String> gone = new ArrayList<>();
    for (String name : due) {
      Waiting state = waiting.get(name);
      if (state != null && work(name, state, now)) {
        gone.add(name);
      }
    }
    if (!gone.isEmpty()) {
      remove(gone);
    }
  }

  /** Reads a file unless it is better to wait; true if it is gone. */
  private boolean work(String name, Waiting state, long now) {
    boolean patient = now - state.first() < PATIENCE;
    Optional<Fingerprint> seen = fingerprint(name);
    if (patient && !seen.equals(state.seen())) {
      waiting.put(name, waiting(seen, now, state.first()));
      return false;
    }
    if (seen.isEmpty()) {
      return true;
    }
    Reading reading = read(name);
    if (patient && now - state.since() < SUSPECT && reading.looksUnfinished()) {
      waiting.put(name, new Waiting(seen, state.since(), state.first(), state.since() + SUSPECT));
    } else {
      waiting.remove(name);
      accept(name, reading);
    }
    return false;
  }

  private void remove(List<String> gone) {
    ManifestDirectory listing = list();
    if (listing == null) {
      return;
    }
    for (String name : gone) {
      waiting.remove(name);
      if (!listing.manifests().contains(name)) {
        forget(name);
      }
    }
  }

  /** Contact counts as back once the directory has stopped changing. */
  private void comeBack(ManifestDirectory listing, long now) {
    Map<String, Optional<Fingerprint>> seen = new HashMap<>();
    listing.manifests().forEach(name -> seen.put(name, fingerprint(name)));
    Returning before = returning;
    if (before == null || !before.seen().equals(seen)) {
      returning = new Returning(seen, now);
    } else if (now - before.since() >= RETURN) {
      reread();
    }
  }

  /** The names in the directory, or null if contact is lost. */
  private @Nullable ManifestDirectory list() {
    try {
      ManifestDirectory listing = ManifestDirectory.of(path);
      subdirectories = listing.subdirectories();
      if (!listing.manifests().isEmpty() || catalog.size() == 0) {
        return listing;
      }
      lose("is empty, but " + Text.count(catalog.size(), "object") + " of it are known");
    } catch (IOException e) {
      lose(Reading.reason(e));
    }
    return null;
  }

  private void lose(String why) {
    lost = why;
    returning = null;
    waiting.clear();
  }

  /** A fingerprint, or nothing if the file is gone. */
  private Optional<Fingerprint> fingerprint(String name) {
    try {
      return Fingerprint.of(path.resolve(name));
    } catch (IOException e) {
      return Optional.of(Fingerprint.UNKNOWN);
    }
  }

  /** Reads a file as it is now. */
  private Reading read(String name) {
    return Reading.of(path.resolve(name), reader, wall);
  }

  /** A reading counts from now on. */
  private void accept(String name, Reading reading) {
    switch (reading) {
      case Reading.Gone gone -> forget(name);
      case Reading.Failed failed ->
          files.put(name, new Known(Optional.empty(), List.of(failed.problem()), Map.of()));
      case Reading.Done done -> {
        FileContent content = FileContent.of(done.manifest(), catalog.of(name));
        catalog.put(name, content.objects());
        files.put(name, new Known(done.settled(), content.problems(), done.manifest().skipped()));
      }
    }
  }

  private void forget(String name) {
    files.remove(name);
    catalog.remove(name);
  }

  /** How the source is. */
  SourceStatus status() {
    if (!lost.isEmpty()) {
      return new SourceStatus(
          State.LOST,
          "directory " + path + " " + lost + "; " + kept() + ", nothing is deleted",
          problems());
    }
    List<Problem> problems = problems();
    Map<String, Integer> skipped = new TreeMap<>();
    files.values().forEach(f -> f.skipped().forEach((k, n) -> skipped.merge(k, n, Integer::sum)));
    StringBuilder detail = new StringBuilder();
    detail.append(Text.count(catalog.size(), "object")).append(" in ");
    detail.append(Text.count(files.size(), "file")).append(" of ").append(path);
    skipped.forEach((kind, n) -> detail.append("; skipped ").append(n).append(' ').append(kind));
    if (subdirectories > 0) {
      detail.append("; ").append(subdirectories).append(" subdirectories not read");
    }
    return new SourceStatus(
        problems.isEmpty() ? State.SYNCED : State.DEGRADED, detail.toString(), problems);
  }

  private String kept() {
    return catalog.size() == 0
        ? "no object is known"
        : Text.count(catalog.size(), "object") + " kept";
  }

  private List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    files.values().forEach(file -> problems.addAll(file.problems()));
    problems.addAll(catalog.problems());
    return problems;
  }
}
