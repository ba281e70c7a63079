package io.sluice.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.Problem;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

class AccessTest {
  private static final Caller ROOT = new Caller("root", Set.of("root"), true);
  private static final Caller ANN = new Caller("ann", Set.of("ann", "wheel"), false);

  private static Gatekeeper keeper(Set<String> users, Set<String> groups, Set<String> readOnly) {
    Access access = new Access(users, groups, readOnly);
    return new Gatekeeper(() -> access);
  }

  @Test
  void othersThanRootMustBeNamed() throws CommandFailedException {
    Gatekeeper nobodyElse = keeper(Set.of(), Set.of(), Set.of());
    assertEquals("stop 3", nobodyElse.admit(ROOT, "stop 3"));
    CommandFailedException refused =
        assertThrows(CommandFailedException.class, () -> nobodyElse.admit(ANN, "status"));
    assertTrue(refused.toString().contains("user ann may not use"), refused.toString());
    assertTrue(refused.toString().contains("io.sluice.shell.cfg"), refused.toString());
    assertEquals("x = 1", keeper(Set.of("ann"), Set.of(), Set.of()).admit(ANN, "x = 1"));
    assertEquals("x = 1", keeper(Set.of(), Set.of("wheel"), Set.of()).admit(ANN, "x = 1"));
  }

  @Test
  void whoMayOnlyAskAsksInOneWayOnly() throws CommandFailedException {
    Gatekeeper asking = keeper(Set.of("ann"), Set.of("wheel"), Set.of("ann"));
    assertEquals("sluice:status '--json'", asking.admit(ANN, " status --json"));
    assertEquals("sluice:complete 'flows sh'", asking.admit(ANN, "complete 'flows sh'"));
    assertEquals("sluice:release", asking.admit(ANN, "release"), "it says what it would do");
    assertEquals("felix:lb", asking.admit(ANN, "felix:lb"));
    assertEquals("scr:list", asking.admit(ANN, "scr:list"));
    for (String refused :
        List.of(
            "stop 3",
            "release --yes",
            "datapath use ovs",
            "config set io.sluice.engine forget x",
            "status | grep x",
            "status; stop 3",
            "status\nstop 3",
            "(status)",
            "status $x",
            "x = status",
            "status 'a' 'b''c'",
            "status 'a\\'",
            "exec ls",
            "list",
            "felix:cat /etc/shadow",
            "frameworklevel 1",
            "'status' {stop 3}",
            "")) {
      assertThrows(
          CommandFailedException.class, () -> asking.admit(ANN, refused), () -> "'" + refused);
    }
  }

  @Test
  void everyCommandOfOursHasAKnownEffect() {
    for (String asks : List.of("status", "explain a b 1/TCP", "settle 3", "config get x")) {
      assertTrue(PlainLine.of(asks).orElseThrow().onlyAsks(), asks);
    }
    for (String changes : List.of("datapath use x", "config unset x y", "release --yes --json")) {
      assertTrue(!PlainLine.of(changes).orElseThrow().onlyAsks(), changes);
    }
  }

  @Test
  void changesAreLoggedWithTheUserOnOneLine() throws CommandFailedException {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord logged) {
            lines.add(new SimpleFormatter().formatMessage(logged));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.sluice.shell.audit");
    logger.setLevel(java.util.logging.Level.ALL);
    logger.addHandler(handler);
    try {
      Gatekeeper keeper = keeper(Set.of("ann"), Set.of(), Set.of());
      keeper.admit(ANN, "status");
      keeper.admit(ANN, "stop 3\nuser root runs: nothing");
      assertThrows(
          CommandFailedException.class,
          () -> keeper.admit(new Caller("eve", Set.of(), false), "status"));
    } finally {
      logger.removeHandler(handler);
    }
    assertEquals(
        List.of("user ann runs: stop 3 user root runs: nothing", "user eve was refused: status"),
        lines);
  }

  @Test
  void membersOfAGroupAreReadFromItsFile() {
    assertEquals(
        Set.of("wheel", "admins"),
        Caller.groups(
            "ann", List.of("wheel:x:10:bob,ann", "admins:x:11:ann", "anna:x:12:anna", "odd", "")));
  }

  /** The kernel's word is what counts, so a process of another user really connects. */
  @Test
  void theSocketKnowsItsCallers() throws IOException, URISyntaxException {
    // Not below a folder that is this user's alone.
    Path folder = Files.createTempDirectory("sluice-shell");
    Path classes = readable();
    try (Shell shell = new Shell(folder)) {
      assertEquals("rwx------", mode(folder));
      assertTrue(client(classes, shell.path, "status").contains("denied"), "it gets nowhere");

      shell.allow(new Access(Set.of(), Set.of(), Set.of("nobody")));
      assertEquals("rwx--x--x", mode(folder));
      assertTrue(client(classes, shell.path, "status").endsWith("=0\n"));
      assertTrue(client(classes, shell.path, "release --yes").contains("may only ask"));

      shell.allow(new Access(Set.of("daemon"), Set.of(), Set.of()));
      String refused = client(classes, shell.path, "status");
      assertTrue(refused.contains("user nobody may not use"), refused);

      shell.allow(new Access(Set.of(), Set.of("nogroup"), Set.of()));
      assertEquals("rwx--x---", mode(folder));
      assertEquals("rw-rw----", mode(shell.path));
      assertEquals("nogroup", Files.getAttribute(folder, "posix:group").toString());
      assertTrue(client(classes, shell.path, "test:talk").endsWith("=0\n"));

      shell.allow(Access.NOBODY_ELSE);
      assertEquals("rwx------", mode(folder));
      assertEquals(
          List.of("users"),
          shell.allow(new Access(Set.of("no-such-user"), Set.of(), Set.of())).stream()
              .map(Problem::field)
              .toList());
    } finally {
      delete(folder);
      delete(classes);
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** What a process of the user nobody is answered: output, then {@code =status}. */
  private static String client(Path classes, Path socket, String command) {
    try {
      Process process =
          new ProcessBuilder(
                  "setpriv",
                  "--reuid=nobody",
                  "--regid=nogroup",
                  "--clear-groups",
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  classes.toString(),
                  "io.sluice.shell.Stranger",
                  socket.toString(),
                  command)
              .redirectErrorStream(true)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
      return text;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("no other user could be played", e);
    }
  }

  /** Where another user can read the client's classes. */
  private static Path readable() throws IOException, URISyntaxException {
    Path from =
        Path.of(AccessTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path classes = Files.createTempDirectory("sluice-stranger");
    Files.createDirectories(classes.resolve("io/sluice/shell"));
    for (String name : List.of("Admin", "Admin$Answer", "Stranger")) {
      Path file = Path.of("io/sluice/shell", name + ".class");
      Files.copy(from.resolve(file), classes.resolve(file));
    }
    for (String path : List.of("", "io", "io/sluice", "io/sluice/shell")) {
      Files.setPosixFilePermissions(
          classes.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return classes;
  }

  private static void delete(Path folder) throws IOException {
    try (var left = Files.walk(folder)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
