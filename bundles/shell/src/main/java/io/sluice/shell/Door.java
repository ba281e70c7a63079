package io.sluice.shell;

import io.sluice.api.resource.Problem;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The permissions of the socket and its folder: as few as let those connect who may. Whoever gets
 * through is still judged by name.
 */
final class Door {
  private static final String FILE = "io.sluice.shell.cfg";

  private final Path socket;

  Door(Path socket) {
    this.socket = socket;
  }

  private Path folder() {
    return Objects.requireNonNull(socket.toAbsolutePath().getParent(), "a socket is in a folder");
  }

  /** Before the socket is there: nobody else enters. */
  void shut() throws IOException {
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwx------"));
  }

  /**
   * Lets those in who may; if that fails, nobody else.
   *
   * @return names that do not exist, and what the file system refused
   */
  List<Problem> open(Access access) {
    List<Problem> problems = new ArrayList<>(unknown(access));
    try {
      boolean named = !access.users().isEmpty() || !access.readOnlyUsers().isEmpty();
      if (named || access.groups().size() > 1) {
        permissions("rw-rw-rw-", "rwx--x--x");
      } else if (access.groups().size() == 1) {
        group(access.groups().iterator().next());
        permissions("rw-rw----", "rwx--x---");
      } else {
        permissions("rw-------", "rwx------");
      }
    } catch (IOException e) {
      problems.add(
          new Problem(
              FILE,
              "",
              "groups",
              "the socket " + socket + " can't be opened to others: " + e,
              "let the agent own its run folder and be a member of the group"));
    }
    return problems;
  }

  private void permissions(String ofSocket, String ofFolder) throws IOException {
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString(ofSocket));
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString(ofFolder));
  }

  private void group(String name) throws IOException {
    shut();
    GroupPrincipal group = names().lookupPrincipalByGroupName(name);
    for (Path path : List.of(socket, folder())) {
      Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(group);
    }
  }

  private static List<Problem> unknown(Access access) {
    return Stream.of(
            unknown("users", access.users(), names()::lookupPrincipalByName),
            unknown("groups", access.groups(), names()::lookupPrincipalByGroupName),
            unknown("readOnlyUsers", access.readOnlyUsers(), names()::lookupPrincipalByName))
        .flatMap(List::stream)
        .toList();
  }

  @FunctionalInterface
  private interface Lookup {
    Object find(String name) throws IOException;
  }

  private static List<Problem> unknown(String key, Set<String> names, Lookup lookup) {
    List<Problem> unknown = new ArrayList<>();
    for (String name : names) {
      try {
        lookup.find(name);
      } catch (IOException e) {
        unknown.add(
            new Problem(
                FILE, "", key, "there is no '" + name + "' on this host", "correct the name"));
      }
    }
    return unknown;
  }

  private static UserPrincipalLookupService names() {
    return FileSystems.getDefault().getUserPrincipalLookupService();
  }
}
