package io.sluice.log;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;

/** Listens to every log service there is. */
public final class LogBridge implements BundleActivator {
  /** Loggers of the framework's own events; the launcher logs those that matter. */
  private static final String EVENTS = "Events.";

  private @Nullable ServiceTracker<LogReaderService, LogReaderService> readers;

  @Override
  public void start(BundleContext context) {
    ServiceTracker<LogReaderService, LogReaderService> tracker =
        new ServiceTracker<>(context, LogReaderService.class, null) {
          @Override
          public LogReaderService addingService(ServiceReference<LogReaderService> reference) {
            LogReaderService reader = context.getService(reference);
            reader.addLogListener(LogBridge::forward);
            return reader;
          }
        };
    tracker.open();
    readers = tracker;
  }

  @Override
  public void stop(BundleContext context) {
    if (readers != null) {
      readers.close();
    }
  }

  private static void forward(LogEntry entry) {
    if (entry.getLoggerName().startsWith(EVENTS)) {
      return;
    }
    Level level = level(entry.getLogLevel());
    System.Logger logger = System.getLogger(name(entry));
    if (logger.isLoggable(level)) {
      logger.log(level, entry.getMessage(), entry.getException());
    }
  }

  /** Entries of the old interface all come from one logger; the bundle tells more. */
  private static String name(LogEntry entry) {
    return entry.getLoggerName().startsWith("LogService") && entry.getBundle() != null
        ? entry.getBundle().getSymbolicName()
        : entry.getLoggerName();
  }

  private static Level level(LogLevel level) {
    return switch (level) {
      case AUDIT, INFO -> Level.INFO;
      case ERROR -> Level.ERROR;
      case WARN -> Level.WARNING;
      case DEBUG -> Level.DEBUG;
      case TRACE -> Level.TRACE;
    };
  }
}
