package io.sluice.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The installed agent is upgraded by install.sh of another version, and gone back from. No release
 * came before: the former version is this one under another number.
 */
final class AgentUpgraded implements Fault {
  private static final String FORMER = "0.0.1";
  private static final String PREFIX = "/opt";

  @Override
  public String name() {
    return "agent-upgraded";
  }

  @Override
  public String what() {
    return "install.sh of the next version, a policy changed; then that of the version before, and"
        + " changed back";
  }

  @Override
  public Launch launch() {
    return (command, folder) -> {
      Path next = Path.of(command.getFirst()).resolve("../..").normalize();
      Files.createSymbolicLink(folder.resolve("next"), next);
      Path former = folder.resolve("former");
      run("cp", "-a", next.toString(), former.toString());
      Files.writeString(former.resolve("bin/lib/version"), "sluice " + FORMER + "\n");
      run(install(former, folder));
      List<String> installed = new ArrayList<>(command);
      installed.set(0, folder + PREFIX + "/current/bin/sluice");
      return installed;
    };
  }

  private static String[] install(Path version, Path folder) {
    return new String[] {
      version.resolve("install.sh").toString(),
      "--root",
      folder.toString(),
      "--prefix",
      PREFIX,
      // What the agent was started with.
      "--conf",
      "/config",
      "--data",
      "/data",
      "--run",
      "/run"
    };
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      if (process.waitFor() != 0) {
        throw new DrillException(String.join(" ", command) + " has failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException("interrupted", e);
    }
  }

  @Override
  public void strike(Stage stage) throws IOException {
    Path folder = stage.agent().folder();
    replace(stage, folder.resolve("next").toRealPath());
    stage.change(Cast::swapGuest);
    if (stage.awaitSettled(patience()).isEmpty()) {
      stage.failed("after the upgrade no change came into force");
    }
    replace(stage, Path.of(folder + PREFIX, FORMER));
    stage.change(
        inputs -> inputs.put(Cast.GUEST_FILE, Yaml.admitToDatabase("db-for-guest", "guest")));
  }

  private static void replace(Stage stage, Path version) throws IOException {
    long before = stage.agent().pid();
    String said = stage.ground().namespace().run(install(version, stage.agent().folder()));
    stage.agent().adopt();
    stage.ground().namespace().adopt(stage.agent().pid());
    if (stage.agent().pid() == before || !said.contains("in force")) {
      stage.failed("install.sh has not replaced the agent: " + said);
    }
  }
}
