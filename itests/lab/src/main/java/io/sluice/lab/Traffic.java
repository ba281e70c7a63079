package io.sluice.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Servers on hosts, and probes between them, TCP, UDP and SCTP. */
public final class Traffic implements AutoCloseable {
  /**
   * Long enough for a lost first packet to be sent again (a SYN after one second) on a busy
   * machine.
   */
  public static final Duration PATIENCE = Duration.ofMillis(2500);

  private static final long[] AGAIN_MILLIS = {150, 500, 1000, 1500, 2000};
  private static final int BATCH = 2000;

  private final EchoServers servers = new EchoServers();
  private final SctpStack sctp = new SctpStack();
  private final SourcePorts ports = new SourcePorts();

  Traffic() throws IOException {}

  /** Answers on these ports of every address of the host. */
  public void listen(Host host, Transport transport, int... numbers) throws IOException {
    for (InetAddress address : host.addresses()) {
      for (int port : numbers) {
        if (transport == Transport.SCTP) {
          sctp.listen(host, port);
        } else {
          servers.listen(host, address, transport, port);
        }
      }
    }
  }

  /** One probe. */
  public Outcome probe(Probe probe) throws IOException {
    return probe(List.of(probe), PATIENCE).getOrDefault(probe, Outcome.SILENT);
  }

  /**
   * Sends probes, many at once, each on a new five-tuple.
   *
   * @param probes the questions
   * @param patience after how long without an answer one counts as dropped
   * @return the outcome of each, in the order given
   */
  public Map<Probe, Outcome> probe(Collection<Probe> probes, Duration patience) throws IOException {
    Map<Probe, Outcome> outcomes = new LinkedHashMap<>();
    probes.forEach(probe -> outcomes.put(probe, Outcome.SILENT));
    List<Probe> all = List.copyOf(outcomes.keySet());
    for (int from = 0; from < all.size(); from += BATCH) {
      batch(all.subList(from, Math.min(all.size(), from + BATCH)), patience, outcomes);
    }
    return outcomes;
  }

  private void batch(List<Probe> probes, Duration patience, Map<Probe, Outcome> outcomes)
      throws IOException {
    List<SctpStack.Inquiry> inquiries = new ArrayList<>();
    Set<Flight> flying = new HashSet<>();
    try (Selector selector = Selector.open()) {
      for (Flight flight : prepare(probes, flying, outcomes)) {
        flying.add(flight);
        flight.begin(selector);
      }
      for (Probe probe : probes) {
        if (probe.transport() == Transport.SCTP) {
          inquiries.add(sctp.inquire(probe, ports.next()));
        }
      }
      long start = System.nanoTime();
      int again = 0;
      while (true) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (millis >= patience.toMillis()
            || (flying.isEmpty() && inquiries.stream().allMatch(SctpStack.Inquiry::answered))) {
          break;
        }
        if (again < AGAIN_MILLIS.length && millis >= AGAIN_MILLIS[again]) {
          again++;
          for (Flight flight : List.copyOf(flying)) {
            flight.again();
          }
          for (SctpStack.Inquiry inquiry : inquiries) {
            inquiry.again();
          }
        }
        selector.select(10);
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isValid() && key.attachment() instanceof Flight flight) {
            flight.ready();
          }
        }
        selector.selectedKeys().clear();
      }
      for (Flight flight : List.copyOf(flying)) {
        flight.timeout();
      }
      for (SctpStack.Inquiry inquiry : inquiries) {
        outcomes.put(inquiry.probe(), inquiry.answered() ? Outcome.ANSWERED : Outcome.SILENT);
        inquiry.forget();
      }
    }
  }

  private List<Flight> prepare(List<Probe> probes, Set<Flight> flying, Map<Probe, Outcome> outcomes)
      throws IOException {
    Map<NetworkNamespace, List<Probe>> byNamespace =
        probes.stream()
            .filter(probe -> probe.transport() != Transport.SCTP)
            .collect(Collectors.groupingBy(probe -> probe.from().namespace()));
    List<Flight> flights = new ArrayList<>();
    for (Map.Entry<NetworkNamespace, List<Probe>> group : byNamespace.entrySet()) {
      List<SelectableChannel> channels =
          group
              .getKey()
              .call(
                  () -> {
                    List<SelectableChannel> opened = new ArrayList<>();
                    for (Probe probe : group.getValue()) {
                      opened.add(ports.open(probe));
                    }
                    return opened;
                  });
      for (int i = 0; i < channels.size(); i++) {
        flights.add(
            new Flight(
                group.getValue().get(i),
                channels.get(i),
                (flight, outcome) -> {
                  flying.remove(flight);
                  outcomes.put(flight.probe(), outcome);
                }));
      }
    }
    return flights;
  }

  /**
   * Begins to open new TCP connections at a steady pace, to each of the targets in turn.
   *
   * @param from who opens them
   * @param targets addresses and port of each target
   * @param perSecond how many a second, all targets together
   */
  public ConnectionLoad load(Host from, List<Probe> targets, int perSecond) throws IOException {
    return new ConnectionLoad(from, targets, perSecond, ports);
  }

  @Override
  public void close() throws IOException {
    servers.close();
    sctp.close();
  }
}
