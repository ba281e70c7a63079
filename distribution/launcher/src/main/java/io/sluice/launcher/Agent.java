package io.sluice.launcher;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** The framework of one agent, with its bundles. */
final class Agent {
  private static final System.Logger LOG = System.getLogger(Agent.class.getName());
  private static final int LAST_LEVEL = 100;

  /** Beside the bundles of the distribution, before the engine and shell that use them. */
  private static final int DEPLOY_LEVEL = 45;

  private static final long STOP_SECONDS = 15;

  private final Framework framework;

  private Agent(Framework framework) {
    this.framework = framework;
  }

  /**
   * Starts the framework and every bundle of the distribution, level by level. A bundle that fails
   * is logged and does not keep the others from running.
   */
  static Agent start(Folders folders) {
    return start(folders, LeveledBundle.in(folders.bundles()), LAST_LEVEL);
  }

  /**
   * Starts the framework as far as the datapaths, with the bundle that purges; neither the engine
   * nor the shell.
   */
  static Agent startForPurge(Folders folders) {
    List<LeveledBundle> bundles =
        new ArrayList<>(
            LeveledBundle.in(folders.bundles()).stream()
                .filter(bundle -> bundle.level() <= DEPLOY_LEVEL)
                .toList());
    bundles.addAll(LeveledBundle.of(folders.bundles().resolve("purge"), DEPLOY_LEVEL));
    return start(folders, bundles, DEPLOY_LEVEL);
  }

  private static Agent start(Folders folders, List<LeveledBundle> bundles, int level) {
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow(() -> new StartException("no OSGi framework on the class path"))
            .newFramework(properties(folders));
    try {
      framework.init();
      framework.getBundleContext().addFrameworkListener(Agent::log);
      for (LeveledBundle bundle : bundles) {
        install(framework, bundle);
      }
      framework.start();
      CountDownLatch started = new CountDownLatch(1);
      framework
          .adapt(FrameworkStartLevel.class)
          .setStartLevel(
              level,
              event -> {
                log(event);
                started.countDown();
              });
      started.await();
      framework
          .getBundleContext()
          .registerService(
              OwnProcess.class.getName(),
              new OwnProcess(folders.data()),
              FrameworkUtil.asDictionary(OwnProcess.PROPERTIES));
      return new Agent(framework);
    } catch (BundleException e) {
      throw new StartException("the framework does not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw new StartException("interrupted while starting", e);
    }
  }

  private static Map<String, String> properties(Folders folders) {
    Map<String, String> properties = new HashMap<>();
    Path data = folders.data();
    properties.put(Constants.FRAMEWORK_STORAGE, data.resolve("cache").toString());
    // The folders are the truth at every start; nothing installed earlier lives on beside them.
    properties.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "1");
    // The framework would print to standard output; its errors are also events, which are logged.
    properties.put("felix.log.level", "0");
    properties.put("ds.showerrors", "true");
    properties.put("felix.fileinstall.dir", folders.conf() + "," + folders.deploy());
    properties.put("felix.fileinstall.tmpdir", data.resolve("deploy").toString());
    properties.put("felix.fileinstall.filter", "[^.].*\\.(cfg|config|jar)");
    properties.put("felix.fileinstall.subdir.mode", "skip");
    properties.put("felix.fileinstall.poll", "500");
    properties.put("felix.fileinstall.noInitialDelay", "true");
    properties.put("felix.fileinstall.start.level", Integer.toString(DEPLOY_LEVEL));
    properties.put("felix.fileinstall.enableConfigSave", "false");
    properties.put("felix.fileinstall.log.level", "2");
    properties.put("sluice.home", folders.home().toString());
    properties.put("sluice.conf", folders.conf().toString());
    properties.put("sluice.data", data.toString());
    properties.put("sluice.deploy", folders.deploy().toString());
    properties.put("sluice.run", folders.run().toString());
    properties.put("sluice.socket", folders.socket().toString());
    return properties;
  }

  private static void install(Framework framework, LeveledBundle bundle) throws BundleException {
    Bundle installed =
        framework.getBundleContext().installBundle("reference:" + bundle.jar().toUri());
    installed.adapt(BundleStartLevel.class).setStartLevel(bundle.level());
    if (installed.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
      installed.start(Bundle.START_ACTIVATION_POLICY);
    }
  }

  private static void log(FrameworkEvent event) {
    Throwable cause = event.getThrowable();
    if (cause == null) {
      return;
    }
    Level level = event.getType() == FrameworkEvent.ERROR ? Level.ERROR : Level.WARNING;
    LOG.log(
        level, event.getBundle().getSymbolicName() + " " + event.getBundle().getVersion(), cause);
  }

  /** The symbolic names of bundles that should run and don't. */
  List<String> missing() {
    return List.of(framework.getBundleContext().getBundles()).stream()
        .filter(bundle -> bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null)
        .filter(bundle -> (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) == 0)
        .map(Bundle::getSymbolicName)
        .sorted()
        .toList();
  }

  /** How many bundles there are, without the framework itself. */
  int bundles() {
    return framework.getBundleContext().getBundles().length - 1;
  }

  /**
   * Has the purge bundle remove the rules of every datapath.
   *
   * @return 0 if nothing is left
   */
  int callPurge() {
    BundleContext context = framework.getBundleContext();
    try {
      for (ServiceReference<?> found :
          context.getServiceReferences(Callable.class, "(sluice.purge=true)")) {
        if (context.getService(found) instanceof Callable<?> purge
            && purge.call() instanceof Integer status) {
          return status;
        }
      }
    } catch (Exception e) {
      // A Callable may throw anything; this is the root of the process's work.
      throw new StartException("the rules could not be removed: " + e, e);
    }
    throw new StartException(
        "the purge bundle does not run; these bundles do not: " + String.join(", ", missing()));
  }

  /** Waits until the framework was stopped, by {@link #stop} or from inside. */
  void awaitStop() throws InterruptedException {
    framework.waitForStop(0);
  }

  /**
   * Stops all bundles, last level first. The rules of the datapath stay.
   *
   * @return whether it stopped in time
   */
  boolean stop() {
    try {
      framework.stop();
      return framework.waitForStop(TimeUnit.SECONDS.toMillis(STOP_SECONDS)).getType()
          != FrameworkEvent.WAIT_TIMEDOUT;
    } catch (BundleException e) {
      LOG.log(Level.ERROR, "the framework does not stop", e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
