package io.sluice.drill;

import io.sluice.lab.LabException;
import io.sluice.lab.agent.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The drill: {@code Drill <unpacked distribution> <report> <backend> [fault]...}.
 *
 * <p>Exit status: 0 if nothing was wrongly allowed and every fault was recovered from, 1 if not, 2
 * if the drill could not be held.
 */
public final class Drill {
  private Drill() {}

  /** Holds it. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println("usage: Drill <unpacked distribution> <report> <backend> [fault]...");
      Runtime.getRuntime().exit(2);
      return;
    }
    try {
      List<String> only = List.of(arguments).subList(3, arguments.length);
      boolean passed =
          run(Path.of(arguments[0]), Path.of(arguments[1]), backend(arguments[2]), only);
      Runtime.getRuntime().exit(passed ? 0 : 1);
    } catch (DrillException | LabException e) {
      System.err.println("The drill stops: " + e.getMessage());
      Runtime.getRuntime().exit(2);
    }
  }

  private static Backend backend(String name) {
    try {
      return Backend.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new DrillException("no backend is called '" + name + "'; there are ovs and nftables");
    }
  }

  private static boolean run(Path home, Path report, Backend backend, List<String> only)
      throws IOException {
    List<Fault> faults = Faults.named(only, backend);
    Round round = new Round(new Distribution(home), backend);
    List<Row> rows = new ArrayList<>();
    long begun = System.nanoTime();
    for (Fault fault : faults) {
      System.out.println(fault.name() + ": " + fault.what());
      Row row = round.play(fault);
      System.out.print(Table.line(row));
      row.failure().ifPresent(why -> System.out.println("FAILED " + fault.name() + ": " + why));
      rows.add(row);
    }
    String table = new Table(rows).render();
    Files.writeString(report, table);
    long failed = rows.stream().filter(row -> row.failure().isPresent()).count();
    System.out.printf(
        "%n%s%n%d of %d faults failed the drill; it took %d s. The table is in %s%n",
        table,
        failed,
        rows.size(),
        (System.nanoTime() - begun) / 1_000_000_000,
        report.toAbsolutePath().normalize());
    return failed == 0;
  }
}
