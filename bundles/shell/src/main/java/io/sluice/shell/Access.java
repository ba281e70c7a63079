package io.sluice.shell;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may use the administration socket, besides root and the agent's own user.
 *
 * @param users who may run every command
 * @param groups whose members may run every command
 * @param readOnlyUsers who may only ask; this counts more than the other two
 */
record Access(Set<String> users, Set<String> groups, Set<String> readOnlyUsers) {
  /** Root and the agent's own user. */
  static final Access NOBODY_ELSE = new Access(Set.of(), Set.of(), Set.of());

  /** What somebody may do. */
  enum Right {
    /** Every command. */
    ALL,
    /** Commands that change nothing. */
    ASK,
    /** Nothing. */
    NONE
  }

  Access {
    users = Set.copyOf(users);
    groups = Set.copyOf(groups);
    readOnlyUsers = Set.copyOf(readOnlyUsers);
  }

  static Access of(ShellConfig config) {
    return new Access(words(config.users()), words(config.groups()), words(config.readOnlyUsers()));
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.strip().split("[\\s,]+", -1))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  Right of(Caller caller) {
    if (caller.trusted()) {
      return Right.ALL;
    }
    if (readOnlyUsers.contains(caller.user())) {
      return Right.ASK;
    }
    return users.contains(caller.user()) || caller.groups().stream().anyMatch(groups::contains)
        ? Right.ALL
        : Right.NONE;
  }
}
