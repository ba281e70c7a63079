package io.sluice.shell;

import io.sluice.api.text.JsonText;
import io.sluice.shell.ConfigView.Configured;
import io.sluice.shell.ConfigView.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The command {@code config}: shows what can be configured and what is, and changes the files, from
 * which the agent reads it as from any editor's hand.
 */
@Component(
    service = Configurations.class,
    immediate = true,
    property = {"osgi.command.scope=sluice", "osgi.command.function=config"})
public final class Configurations {
  /** Framework property: the configuration folder. */
  private static final String FOLDER = "sluice.conf";

  /** Longer than the agent takes to see that a file has changed. */
  private static final long PATIENCE_SECONDS = 5;

  private final Pids pids;
  private final ConfigurationAdmin admin;
  private final BundleContext context;

  /** Works on the files of the folder that the launcher names. */
  @Activate
  public Configurations(
      @Reference Pids pids, @Reference ConfigurationAdmin admin, BundleContext context) {
    this.pids = pids;
    this.admin = admin;
    this.context = context;
  }

  /** Shows or changes configurations. */
  @Descriptor("show and change configurations; a change is written into the file")
  public String config(String[] arguments)
      throws CommandFailedException, InterruptedException, IOException {
    Invocation asked = Manuals.ours("config").given(arguments);
    List<String> words = asked.words();
    return switch (words.getFirst()) {
      case "list" -> asked.shown(all(), ConfigView::list, ConfigView::listDocument);
      case "describe" ->
          asked.shown(one(words.get(1)), ConfigView::description, ConfigView::document);
      case "get" ->
          words.size() == 2
              ? asked.shown(one(words.get(1)), ConfigView::values, ConfigView::document)
              : value(asked, words.get(1), words.get(2));
      case "set" ->
          set(asked, words.get(1), words.get(2), String.join(" ", words.subList(3, words.size())));
      default -> unset(asked, words.get(1), words.get(2));
    };
  }

  private List<Configured> all() throws CommandFailedException, IOException {
    List<Configured> all = new ArrayList<>();
    for (String pid : pids.all().keySet()) {
      all.add(one(pid));
    }
    return all;
  }

  private Configured one(String pid) throws CommandFailedException, IOException {
    Pids.Described described = pids.one(pid);
    Path file = file(pid);
    boolean there = Files.exists(file);
    var written = there ? CfgFile.read(file).values() : java.util.Map.<String, String>of();
    Optional<Dictionary<String, Object>> effective = effective(pid);
    List<Value> values = new ArrayList<>();
    for (Pids.Key key : described.keys().values()) {
      String value =
          effective
              .map(properties -> properties.get(key.name()))
              .map(Object::toString)
              .orElse(key.otherwise());
      values.add(new Value(key, value, written.containsKey(key.name())));
    }
    return new Configured(described, there ? String.valueOf(file.getFileName()) : "", values);
  }

  private Optional<Dictionary<String, Object>> effective(String pid) throws IOException {
    try {
      Configuration[] found = admin.listConfigurations("(service.pid=" + pid + ")");
      return found == null ? Optional.empty() : Optional.of(found[0].getProperties());
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("'" + pid + "' is no pid", e);
    }
  }

  private String value(Invocation asked, String pid, String name)
      throws CommandFailedException, IOException {
    Pids.Key key = Pids.key(pids.one(pid), name);
    Value value =
        one(pid).values().stream()
            .filter(v -> v.key().name().equals(key.name()))
            .findFirst()
            .orElseThrow();
    return asked.shown(
        value,
        shown -> shown.value() + "\n",
        shown -> JsonText.object("key", name, "value", shown.value(), "set", shown.set()));
  }

  private String set(Invocation asked, String pid, String name, String value)
      throws CommandFailedException, InterruptedException, IOException {
    Pids.Key key = Pids.key(pids.one(pid), name);
    if (value.codePoints().anyMatch(Character::isISOControl)) {
      throw new CommandFailedException("a value has one line and no control characters");
    }
    Optional<String> refused = key.refused(value);
    if (refused.isPresent()) {
      throw new CommandFailedException(
          String.format(
              Locale.ROOT,
              "%s: '%s' can't be the value of %s: %s; %s",
              pid,
              value,
              name,
              refused.get(),
              key.description()));
    }
    CfgFile before = existing(pid);
    return changed(asked, pid, before, before.with(name, value), name + " = " + value);
  }

  private String unset(Invocation asked, String pid, String name)
      throws CommandFailedException, InterruptedException, IOException {
    Pids.Key key = Pids.key(pids.one(pid), name);
    CfgFile before = existing(pid);
    String otherwise = key.otherwise().isEmpty() ? "empty" : key.otherwise();
    return changed(
        asked, pid, before, before.without(name), name + " has its default, " + otherwise);
  }

  private CfgFile existing(String pid) throws CommandFailedException, IOException {
    Path file = file(pid);
    if (!Files.exists(file)) {
      Path sample = file.resolveSibling(file.getFileName() + ".sample");
      throw new CommandFailedException(
          "there is no "
              + file
              + ", so what it configures does not run; "
              + (Files.exists(sample) ? "copy " + sample + " to it first" : "make it first"));
    }
    return CfgFile.read(file);
  }

  private String changed(Invocation asked, String pid, CfgFile before, CfgFile after, String what)
      throws CommandFailedException, InterruptedException {
    Path file = file(pid);
    boolean different = !after.text().equals(before.text());
    boolean read = !different || writtenAndRead(pid, file, after);
    return asked.shown(
        what,
        text ->
            pid
                + ": "
                + text
                + (different ? "; written to " + file : "; that is so already")
                + (read ? "" : ". The agent has not read it yet: see its log")
                + "\n",
        text ->
            JsonText.object(
                "pid",
                pid,
                "change",
                text,
                "file",
                file.toString(),
                "written",
                different,
                "read",
                read));
  }

  private boolean writtenAndRead(String pid, Path file, CfgFile content)
      throws CommandFailedException, InterruptedException {
    CountDownLatch seen = new CountDownLatch(1);
    ServiceRegistration<ConfigurationListener> listening =
        context.registerService(
            ConfigurationListener.class,
            event -> {
              if (event.getPid().equals(pid)) {
                seen.countDown();
              }
            },
            null);
    try {
      content.write(file);
      return seen.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new CommandFailedException(
          file + " can't be written: " + e + "; change it where it comes from", e);
    } finally {
      listening.unregister();
    }
  }

  private Path file(String pid) {
    String folder = context.getProperty(FOLDER);
    if (folder == null) {
      throw new IllegalStateException("the framework property " + FOLDER + " is not set");
    }
    return Path.of(folder).resolve(pid + ".cfg");
  }
}
