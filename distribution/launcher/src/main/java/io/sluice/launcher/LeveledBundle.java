package io.sluice.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A bundle of the distribution.
 *
 * @param jar its file
 * @param level its start level, from the number that its folder's name begins with
 */
record LeveledBundle(Path jar, int level) {
  private static final Pattern FOLDER = Pattern.compile("(\\d{1,2})-.+");

  /**
   * All bundles of a distribution, by level, then by file name.
   *
   * @throws StartException if the folders can't be read
   */
  static List<LeveledBundle> in(Path bundles) {
    List<LeveledBundle> found = new ArrayList<>();
    for (Path folder : list(bundles)) {
      Matcher name = FOLDER.matcher(folder.getFileName().toString());
      if (name.matches()) {
        found.addAll(of(folder, Integer.parseInt(name.group(1))));
      }
    }
    found.sort(Comparator.comparingInt(LeveledBundle::level).thenComparing(LeveledBundle::jar));
    return List.copyOf(found);
  }

  /**
   * The bundles of one folder.
   *
   * @throws StartException if the folder can't be read
   */
  static List<LeveledBundle> of(Path folder, int level) {
    return list(folder).stream()
        .filter(file -> file.getFileName().toString().endsWith(".jar"))
        .map(jar -> new LeveledBundle(jar, level))
        .toList();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new StartException("can't read " + folder + ": " + e, e);
    }
  }
}
