package io.sluice.shell;

import io.sluice.api.control.Control;
import io.sluice.api.text.JsonText;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The commands that are about commands: {@code help} and {@code complete}. */
@Component(
    service = Assistance.class,
    immediate = true,
    property = {
      "osgi.command.scope=sluice",
      "osgi.command.function=help",
      "osgi.command.function=complete"
    })
public final class Assistance {
  private final Completer completer;

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable Control control;

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile @Nullable Pids pids;

  /** Completes the names of bundles by what is installed. */
  @Activate
  public Assistance(BundleContext context) {
    completer = new Completer(new Choices(() -> control, () -> pids, context::getBundles));
  }

  Assistance(Control control, Bundle... bundles) {
    this.control = control;
    completer = new Completer(new Choices(() -> control, () -> pids, bundles::clone));
  }

  /** What a line can go on with. */
  @Descriptor("what a command line that is being written can go on with, one a line")
  public String complete(CommandSession session, String[] arguments) throws InterruptedException {
    Invocation asked = Invocation.leading(arguments);
    return asked.shown(
        completer.complete(String.join(" ", asked.words()), commands(session)),
        found -> found.isEmpty() ? "" : String.join("\n", found) + "\n",
        found -> JsonText.object("candidates", found));
  }

  /** All commands, or one of them. */
  @Descriptor("all commands, or one of them")
  public @Nullable Object help(CommandSession session, String[] arguments) throws Exception {
    Invocation asked = Manuals.ours("help").given(arguments);
    if (asked.words().isEmpty()) {
      return asked.shown(commands(session), Assistance::overview, Assistance::document);
    }
    String command = asked.words().getFirst();
    Optional<Manual> manual =
        Manuals.of(command).filter(found -> found.scope().equals(Manuals.SLUICE));
    return manual.isPresent()
        ? asked.shown(manual.get(), Manual::page, Assistance::document)
        : session.execute("felix:help " + known(command, commands(session)));
  }

  private static Map<String, @Nullable Object> document(Collection<String> commands) {
    return JsonText.object(
        "commands", Manuals.OURS.stream().map(Assistance::document).toList(),
        "others", commands.stream().filter(name -> !isOurs(name)).toList());
  }

  private static Map<String, @Nullable Object> document(Manual manual) {
    return JsonText.object(
        "command", manual.scope() + ":" + manual.name(),
        "summary", manual.summary(),
        "usage", manual.forms().stream().map(Form::usage).toList(),
        "arguments", manual.arguments(),
        "example", manual.example());
  }

  private static boolean isOurs(String command) {
    return command.startsWith(Manuals.SLUICE + ":");
  }

  /** The name of a command that there is: what is executed holds nothing else. */
  private static String known(String command, Collection<String> commands)
      throws CommandFailedException {
    return commands.stream()
        .filter(known -> known.equals(command) || known.endsWith(":" + command))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "there is no command '" + command + "'; 'help' lists them"));
  }

  private static String overview(Collection<String> commands) {
    Table table = new Table("COMMAND", "WHAT IT IS FOR");
    Manuals.OURS.forEach(manual -> table.row(manual.name(), manual.summary()));
    StringBuilder text = new StringBuilder(table.toString());
    text.append("\n'help <command>' tells more. The framework's own commands:\n");
    commands.stream()
        .filter(command -> !isOurs(command))
        .forEach(command -> text.append("  ").append(command).append('\n'));
    return text.toString();
  }

  private static Collection<String> commands(CommandSession session) {
    TreeSet<String> all = new TreeSet<>();
    if (session.get(".commands") instanceof Collection<?> commands) {
      commands.forEach(command -> all.add(command.toString()));
    }
    return all;
  }
}
