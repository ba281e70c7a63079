package io.sluice.launcher;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * The commands {@code jvm:info} and {@code jvm:threads}, about the process itself. The launcher
 * adds them, since the runtime on a node has no tools that could look at a process from outside.
 */
public final class OwnProcess {
  /** Service properties by which the shell finds the commands. */
  static final Map<String, Object> PROPERTIES =
      Map.of(
          "osgi.command.scope", "jvm", "osgi.command.function", new String[] {"info", "threads"});

  private final Path scratch;

  /** Dumps are written to a file in this folder before they are shown. */
  OwnProcess(Path scratch) {
    this.scratch = scratch;
  }

  /** The virtual machine, its options, and what memory it uses for what. */
  public String info() {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    StringBuilder text = new StringBuilder();
    line(text, "pid", runtime.getPid());
    line(text, "vm", runtime.getVmName() + " " + runtime.getVmVersion());
    line(text, "up", runtime.getUptime() / 1000 + " s");
    line(text, "options", String.join(" ", runtime.getInputArguments()));
    line(text, "heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage());
    line(text, "other", ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage());
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      line(text, "pool " + pool.getName(), pool.getUsage());
    }
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      line(
          text,
          "buffers " + pool.getName(),
          pool.getCount() + ", " + pool.getMemoryUsed() + " bytes");
    }
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      line(
          text,
          "collector " + collector.getName(),
          collector.getCollectionCount() + " times, " + collector.getCollectionTime() + " ms");
    }
    line(text, "classes", ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
    line(text, "threads", ManagementFactory.getThreadMXBean().getThreadCount());
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(String.format(Locale.ROOT, "%-36s %s%n", name, value));
  }

  /**
   * The stacks of all threads, virtual ones included, and which of them wait for each other for
   * ever.
   *
   * @throws IOException if the dump can't be written
   */
  public String threads() throws IOException {
    Path folder = Files.createTempDirectory(scratch, "threads");
    Path file = folder.resolve("dump");
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toAbsolutePath().toString(), ThreadDumpFormat.TEXT_PLAIN);
      return deadlocks() + Files.readString(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static String deadlocks() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] locked = threads.findDeadlockedThreads();
    if (locked == null) {
      return "no deadlock\n\n";
    }
    StringBuilder text = new StringBuilder("DEADLOCK:\n");
    for (ThreadInfo thread : threads.getThreadInfo(locked, true, true)) {
      text.append(thread);
    }
    return text.append('\n').toString();
  }
}
