package io.sluice.itests.container.inside;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.BundleContext;

/** Runs a command of the shell; the lines that it prints, then what it failed with. */
final class Execute implements Function<List<String>, List<String>> {
  private final BundleContext context;

  Execute(BundleContext context) {
    this.context = context;
  }

  @Override
  public List<String> apply(List<String> words) {
    return Services.with(context, CommandProcessor.class, shell -> run(shell, words.getFirst()));
  }

  private static List<String> run(CommandProcessor shell, String command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CommandSession session = shell.createSession(InputStream.nullInputStream(), out, out)) {
      Object result = session.execute(command);
      if (result != null) {
        out.writeBytes(result.toString().getBytes(StandardCharsets.UTF_8));
      }
    } catch (Exception e) {
      // A command may throw anything.
      out.writeBytes(("failed: " + e + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
