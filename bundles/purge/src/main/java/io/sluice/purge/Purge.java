package io.sluice.purge;

import io.sluice.api.datapath.Datapath;
import io.sluice.api.datapath.DatapathObserver;
import io.sluice.api.datapath.Denial;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Has every enforcing datapath release its rules, says what was removed, and gives 0 if nothing is
 * left. A datapath connects to its switch in its own time, so that a release that fails is tried
 * again for a while. One that the last agent is known to have used, and that is not there, is an
 * error: its rules stand.
 */
@Component(service = Callable.class, property = "sluice.purge:Boolean=true")
public final class Purge implements Callable<Integer> {
  private static final Duration ARRIVAL = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long PAUSE_MILLIS = 200;

  private final BundleContext context;
  private final ServiceComponentRuntime components;
  private final Arrivals arrivals;

  /** Finds the datapaths when it is called. */
  @Activate
  public Purge(
      BundleContext context,
      @Reference ServiceComponentRuntime components,
      @Reference ConfigurationAdmin configurations) {
    this.context = context;
    this.components = components;
    arrivals = new Arrivals(context, components, configurations);
  }

  @Override
  public Integer call() throws InterruptedException, InvalidSyntaxException, IOException {
    awaitArrivals();
    Set<String> used = new LinkedHashSet<>(remembered());
    List<String> failures = new ArrayList<>(broken());
    int released = 0;
    for (ServiceReference<Datapath> reference :
        context.getServiceReferences(Datapath.class, "(" + Datapath.ENFORCING + "=true)")) {
      String name = String.valueOf(reference.getProperty(Datapath.NAME));
      used.remove(name);
      Datapath datapath = context.getService(reference);
      if (datapath == null) {
        failures.add("datapath '" + name + "' does not start; the log above says why");
        continue;
      }
      String failure = release(datapath);
      if (failure.isEmpty()) {
        released++;
        print(System.out, "datapath '" + name + "': everything of ours was removed");
      } else {
        failures.add(
            "datapath '"
                + name
                + "' could not be released: "
                + failure
                + "; start its switch, or correct its configuration, and purge again");
        datapath
            .status()
            .problems()
            .forEach(problem -> failures.add("datapath '" + name + "': " + problem));
      }
    }
    for (String missing : used) {
      failures.add(
          "datapath '"
              + missing
              + "' holds rules of the last agent and is not there: put its bundle and its"
              + " configuration back and purge again");
    }
    failures.forEach(failure -> print(System.err, "sluice: " + failure));
    if (!failures.isEmpty()) {
      return 1;
    }
    forget();
    print(
        System.out,
        released == 0
            ? "no enforcing datapath is configured; there is nothing to remove"
            : "nothing of ours is left; nothing protects the pods of this node");
    return 0;
  }

  /** What has not arrived by then does not take part, and is told where it is missed. */
  private void awaitArrivals() throws InterruptedException, IOException, InvalidSyntaxException {
    long end = System.nanoTime() + ARRIVAL.toNanos();
    while (!arrivals.complete() && System.nanoTime() < end) {
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Tries until it is done or the time is over; gives why not. */
  private static String release(Datapath datapath) throws InterruptedException {
    datapath.attach(new Deaf());
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      long left = end - System.nanoTime();
      try {
        Object unused =
            datapath
                .release()
                .toCompletableFuture()
                .get(Math.max(left, TimeUnit.SECONDS.toNanos(1)), TimeUnit.NANOSECONDS);
        return "";
      } catch (ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (left < 0) {
          return cause.getMessage() == null ? cause.toString() : cause.getMessage();
        }
      } catch (TimeoutException e) {
        return "no answer within " + PATIENCE.toSeconds() + " s";
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** The datapaths that should be there and failed before they could be asked. */
  private List<String> broken() {
    List<String> broken = new ArrayList<>();
    for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs()) {
      if (Stream.of(component.serviceInterfaces).noneMatch(Datapath.class.getName()::equals)) {
        continue;
      }
      for (ComponentConfigurationDTO one : components.getComponentConfigurationDTOs(component)) {
        if (one.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE
            || one.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
          broken.add(
              "component "
                  + component.name
                  + " of "
                  + component.bundle.symbolicName
                  + " is a datapath and does not start; the log above says why");
        }
      }
    }
    return broken;
  }

  private Path memory() {
    return Path.of(String.valueOf(context.getProperty("sluice.data"))).resolve("datapaths");
  }

  /** Whom the last agent fed, as it wrote it down. */
  private List<String> remembered() throws IOException {
    try {
      return Files.readAllLines(memory(), StandardCharsets.UTF_8).stream()
          .filter(name -> !name.isBlank())
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private void forget() throws IOException {
    Files.deleteIfExists(memory());
  }

  private static void print(PrintStream stream, String line) {
    stream.println(line);
  }

  /** Nobody wants to know. */
  private static final class Deaf implements DatapathObserver {
    @Override
    public void denied(Denial denial) {
      // No agent runs that could log it.
    }

    @Override
    public void statusChanged() {
      // It is asked, again and again.
    }
  }
}
