package io.sluice.reachability;

import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.PolicyRule;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.resource.Problem;
import io.sluice.manifests.DeclaredPort;
import io.sluice.reachability.PortQuestion.Asked;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The command, apart from the process around it. */
final class Reachability {
  private static final int DONE = 0;
  private static final int INVALID = 2;

  private final InputStream in;
  private final OutputStream out;
  private final PrintStream err;

  Reachability(InputStream in, OutputStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the command.
   *
   * @return the exit status
   * @throws IOException if the answer can't be written
   */
  int run(String... arguments) throws IOException {
    try {
      Options options = Options.parse(arguments);
      if (options.help()) {
        out.write(Options.HELP.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        out.flush();
        return DONE;
      }
      Inputs inputs = Inputs.read(options.manifests(), in);
      if (!inputs.problems().isEmpty()) {
        inputs.problems().stream().map(Problem::toString).distinct().forEach(err::println);
        return INVALID;
      }
      answer(options, inputs);
      return DONE;
    } catch (UsageException e) {
      note(e.getMessage() + "; see sluice reachability --help");
      return INVALID;
    }
  }

  private void answer(Options options, Inputs inputs) throws UsageException, IOException {
    Cluster cluster = Cluster.of(inputs, options.external());
    List<Place> senders = restrict("--from", cluster.places(), options.from());
    List<Place> receivers = restrict("--to", cluster.places(), options.to());
    List<PortQuestion> ports = options.ports().isEmpty() ? named(inputs) : options.ports();
    notes(inputs, cluster, ports);
    AsciiOutput bytes = new AsciiOutput(out);
    RowSink sink =
        switch (options.output()) {
          case JSON -> new JsonRows(bytes);
          case TABLE -> new TableRows(bytes, cluster.places());
        };
    new Rows(cluster.engine(), ports).write(senders, receivers, sink);
  }

  private static List<Place> restrict(String option, List<Place> places, List<String> filters)
      throws UsageException {
    List<String> canonical = filters.stream().map(Reachability::canonical).toList();
    for (String filter : canonical) {
      boolean known =
          places.stream()
              .anyMatch(
                  place ->
                      place.isNamed(filter)
                          || place.ends().stream().anyMatch(end -> end.text().equals(filter)));
      if (!known) {
        throw new UsageException(
            option
                + ": '"
                + filter
                + "' is no pod with an address, no namespace of one and no address known;"
                + " an address outside must be given as --external too");
      }
    }
    return places.stream()
        .map(place -> place.restrict(canonical))
        .filter(place -> !place.ends().isEmpty())
        .toList();
  }

  /** An address in its one text, anything else as it is. */
  private static String canonical(String filter) {
    try {
      return IpAddress.parse(filter).toString();
    } catch (IllegalArgumentException e) {
      return filter;
    }
  }

  /** The ports that pods declare and policies name. */
  private static List<PortQuestion> named(Inputs inputs) {
    Set<Asked> ports = new TreeSet<>();
    for (DeclaredPort port : inputs.ports()) {
      ports.add(new Asked(port.number(), port.protocol()));
    }
    for (TranslatedPolicy policy : inputs.policies()) {
      for (PolicyRule rule : policy.rules()) {
        for (PortMatch match : rule.ports()) {
          if (match instanceof PortMatch.Range range && !range.isAll()) {
            ports.add(new Asked(range.first(), range.protocol()));
            ports.add(new Asked(range.last(), range.protocol()));
          }
        }
      }
    }
    List<PortQuestion> questions = new ArrayList<>();
    ports.forEach(port -> questions.add(new PortQuestion.Numbered(port)));
    return questions;
  }

  private void notes(Inputs inputs, Cluster cluster, List<PortQuestion> ports) {
    inputs.warnings().forEach(warning -> note("warning: " + warning));
    if (!inputs.skipped().isEmpty()) {
      List<String> kinds = new ArrayList<>();
      for (Map.Entry<String, Integer> kind : inputs.skipped().entrySet()) {
        kinds.add(kind.getValue() + " " + kind.getKey());
      }
      note("skipped: " + String.join(", ", kinds));
    }
    list("finished pods, left out: ", cluster.finished());
    list("pods without address, left out: ", cluster.unaddressed());
    list(
        "namespaces without an object, so that no namespaceSelector matches them: ",
        cluster.unknownNamespaces());
    if (ports.isEmpty()) {
      note("no pod and no policy names a port: ask with --ports");
    }
  }

  private void list(String what, Set<String> names) {
    if (!names.isEmpty()) {
      note(what + String.join(", ", names));
    }
  }

  private void note(String text) {
    err.println("sluice reachability: " + text);
  }
}
