package io.sluice.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands of Sluice, in the order in which help shows them, and those of the framework. */
final class Manuals {
  static final String SLUICE = "sluice";
  private static final String FELIX = "felix";
  private static final String SCR = "scr";
  private static final String JSON = "one JSON document instead of a table";
  private static final String END = "<namespace>/<pod>, or an address";

  private static final String A_POLICY =
      "<namespace>/<name> of a NetworkPolicy; <Kind>/<namespace>/<name> or <Kind>/<name> of any"
          + " other kind";

  static final List<Manual> OURS =
      List.of(
          asks("status", "how the agent is: what is in force, what is wrong and how to mend it")
              .reads("status [--json]")
              .argument("--json", JSON)
              .example("status"),
          asks("endpoints", "the pods that are known, and the policies that isolate them")
              .reads("endpoints [--json]")
              .argument("--json", JSON)
              .example("endpoints"),
          asks("groups", "the groups: the pods that a pair of selectors selects")
              .reads("groups [--json]")
              .argument("--json", JSON)
              .example("groups"),
          asks("policies", "the policies, whether they are in force, and what they matched")
              .reads("policies [--json]")
              .argument("--json", JSON)
              .example("policies"),
          asks("rules", "the compiled rules of this node, system tier first")
              .reads("rules [--json]")
              .argument("--json", JSON)
              .example("rules"),
          asks("explain", "whether a packet is allowed, by what, and what is missing if it is not")
              .reads("explain <from> <to> <port/protocol> [--json]")
              .argument("<from>", "who sends it: " + END)
              .argument("<to>", "who receives it: " + END)
              .argument("<port/protocol>", "its destination port: 5432/TCP, 53/UDP; or icmp")
              .argument("--json", JSON)
              .example("explain shop/web shop/db 5432/TCP"),
          asks("flows", "what the datapath has programmed for a policy, in its own notation")
              .reads("flows <policy> [--json]")
              .argument("<policy>", A_POLICY)
              .argument("--json", JSON)
              .example("flows shop/db"),
          asks("settle", "read every input again and wait until all of it is in force")
              .reads("settle [<seconds>] [--json]")
              .argument("<seconds>", "how long to wait; 30 if it is not given")
              .argument("--json", JSON)
              .example("settle 10"),
          asks("datapath", "the datapaths and the part each one plays; have another one enforce")
              .reads("datapath list [--json]")
              .changes("datapath use <datapath> [--json]")
              .argument("list", "state, revision and covered local pods of each one")
              .argument(
                  "use",
                  "it takes over, and the outcome is told. That holds until the agent is restarted"
                      + " or 'datapath' in io.sluice.engine.cfg changes")
              .argument("<datapath>", "its name, as 'datapath list' shows it")
              .argument("--json", JSON)
              .example("datapath use ovs"),
          asks("release", "remove every rule, table and port setting of ours from every datapath")
              .reads("release [--json]")
              .changes("release --yes [--json]")
              .argument("--yes", "do it. Without it, the command says what it would remove")
              .argument("--json", JSON)
              .example("release --yes"),
          asks("lint", "what is broken, and what is legal and probably not meant, with its remedy")
              .reads("lint [--json]")
              .argument("--json", JSON)
              .example("lint"),
          asks("config", "what can be configured, what is, and how to change it")
              .reads("config list [--json]")
              .reads("config describe <pid> [--json]")
              .reads("config get <pid> [<key>] [--json]")
              .changes("config set <pid> <key> <value>... [--json]")
              .changes("config unset <pid> <key> [--json]")
              .argument("list", "every configuration, its file and the keys that it sets")
              .argument("describe", "every key with its meaning, type and default")
              .argument("get", "the values that count now")
              .argument("set", "writes a value into the file; comments and other keys stay")
              .argument("unset", "takes the key out of the file, so that its default counts")
              .argument("<pid>", "the configuration's name, for example io.sluice.engine")
              .argument("<key>", "the key, as 'config describe' shows it")
              .argument(
                  "<value>",
                  "the value, in single quotes if it holds blanks or stars; status says what is"
                      + " wrong with it")
              .argument("--json", JSON)
              .example("config set io.sluice.engine denialsPerSecond 50"),
          asks("complete", "what a command line that is being written can go on with, one a line")
              .reads("complete [--json] [<line>]...")
              .argument("<line>", "the line so far, in single quotes; its last word is completed")
              .argument("--json", JSON)
              .example("complete 'explain shop/'"),
          asks("help", "all commands, or one of them")
              .reads("help [<command>] [--json]")
              .argument("<command>", "its name, with or without its scope")
              .argument("--json", JSON)
              .example("help explain"));

  /** What of the framework's commands has to be known to complete them and to judge them. */
  private static final List<Manual> THEIRS =
      List.of(
          felix("lb").reads("lb [-l] [-s] [-u] [<filter>]"),
          felix("headers").reads("headers [<bundle>]..."),
          felix("which").reads("which <bundle> <class>"),
          felix("inspect").reads("inspect <direction> <space> [<bundle>]..."),
          felix("log").reads("log [<count>] [<level>]"),
          felix("bundlelevel")
              .reads("bundlelevel <bundle>")
              .changes("bundlelevel -s <level> <bundle>...")
              .changes("bundlelevel -i <level>"),
          felix("frameworklevel").reads("frameworklevel").changes("frameworklevel <level>"),
          felix("start").changes("start [-t] [-p] <bundle>..."),
          felix("stop").changes("stop [-t] <bundle>..."),
          felix("update").changes("update <bundle> [<url>]"),
          felix("uninstall").changes("uninstall <bundle>..."),
          felix("refresh").changes("refresh [<bundle>]..."),
          felix("resolve").changes("resolve [<bundle>]..."),
          felix("install").changes("install <url>..."),
          Manual.of(SCR, "list", "").reads("list [<bundle>]"),
          Manual.of(SCR, "info", "").reads("info <component>"),
          Manual.of(SCR, "config", "").reads("config"),
          Manual.of(SCR, "enable", "").changes("enable <component>"),
          Manual.of(SCR, "disable", "").changes("disable <component>"));

  private Manuals() {}

  private static Manual asks(String name, String summary) {
    return Manual.of(SLUICE, name, summary);
  }

  private static Manual felix(String name) {
    return Manual.of(FELIX, name, "");
  }

  /** That of a command, which is named with its scope or without. */
  static Optional<Manual> of(String command) {
    return Stream.concat(OURS.stream(), THEIRS.stream())
        .filter(manual -> isNamed(manual, command))
        .findFirst();
  }

  /** Names of the scope {@code scr} say too little alone. */
  private static boolean isNamed(Manual manual, String command) {
    boolean alone = command.equals(manual.name()) && !manual.scope().equals(SCR);
    return alone || command.equals(manual.scope() + ":" + manual.name());
  }

  /** One of ours. */
  static Manual ours(String name) {
    return OURS.stream().filter(manual -> manual.name().equals(name)).findFirst().orElseThrow();
  }
}
