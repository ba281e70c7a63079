package io.sluice.drill;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody empties the agent's tables, one after another, faster than a person would. */
final class TablesEmptied implements Fault {
  private static final Pattern TABLE = Pattern.compile("table=(\\d+)");

  @Override
  public String name() {
    return "tables-emptied";
  }

  @Override
  public String what() {
    return "ovs-ofctl del-flows of one table after another, one each half second";
  }

  @Override
  public Set<Backend> backends() {
    return EnumSet.of(Backend.OVS);
  }

  @Override
  public void strike(Stage stage) throws IOException {
    List<Integer> tables =
        stage
            .node()
            .ofctl("dump-flows", "--no-stats")
            .lines()
            .map(TABLE::matcher)
            .filter(Matcher::find)
            .map(found -> Integer.valueOf(found.group(1)))
            .distinct()
            .toList();
    stage.note(tables.size() + " tables");
    for (int table : tables) {
      stage.node().ofctl("del-flows", "table=" + table);
      Pause.millis(500);
    }
  }
}
