package io.sluice.shell;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/**
 * Who is at the other end of a connection, as the kernel says.
 *
 * @param user the user's name; the number of one who has no name
 * @param groups the groups that the user is in
 * @param trusted whether this is root or the agent's own user
 */
record Caller(String user, Set<String> groups, boolean trusted) {
  private static final Path GROUPS = Path.of("/etc/group");

  Caller {
    groups = Set.copyOf(groups);
  }

  /**
   * Asks the kernel.
   *
   * @param self the agent's own user
   */
  static Caller of(SocketChannel client, UserPrincipal self) throws IOException {
    UnixDomainPrincipal peer = client.getOption(ExtendedSocketOptions.SO_PEERCRED);
    String user = peer.user().getName();
    Set<String> groups = new HashSet<>();
    groups.add(peer.group().getName());
    if (Files.isReadable(GROUPS)) {
      groups.addAll(groups(user, Files.readAllLines(GROUPS, StandardCharsets.UTF_8)));
    }
    return new Caller(user, groups, peer.user().equals(self) || isRoot(user));
  }

  private static boolean isRoot(String user) {
    return user.equals("root") || user.equals("0");
  }

  /** The groups that list a user; lines are {@code name:password:number:user,user}. */
  static Set<String> groups(String user, List<String> lines) {
    Set<String> found = new HashSet<>();
    for (String line : lines) {
      String[] fields = line.split(":", -1);
      if (fields.length == 4 && List.of(fields[3].split(",", -1)).contains(user)) {
        found.add(fields[0]);
      }
    }
    return found;
  }
}
