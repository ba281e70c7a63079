package io.sluice.drill;

import io.sluice.lab.Pod;
import io.sluice.lab.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the load tries. Whether it may is nobody's business here. */
final class Flows {
  static final int PORT = 80;

  /** One on which everybody listens and that no policy opens. */
  static final int OTHER_PORT = 81;

  private static final int STREAM_PORT = 7000;
  private static final int PER_FLOW = 8;

  private Flows() {}

  /** Both families, TCP and UDP. */
  static List<Flow> between(Pod from, Pod to, int port) {
    List<Flow> flows = new ArrayList<>();
    for (boolean ipv6 : new boolean[] {false, true}) {
      flows.add(new Flow(from, to, Transport.TCP, ipv6, port));
      flows.add(new Flow(from, to, Transport.UDP, ipv6, port));
    }
    return flows;
  }

  /** Begins the load of a pod, a few connections a second for each flow. */
  static void begin(Stage stage, Pod from, List<Flow> flows) throws IOException {
    stage.load().begin(from, flows, PER_FLOW * flows.size());
  }

  /** Begins all the load. */
  static void begin(Stage stage) throws IOException {
    Pod db = stage.pod("shop/db");
    Pod open = stage.pod("lan/open");
    for (String path :
        List.of("shop/web", "shop/guest", "shop/late", "lan/mallory", "jail/inmate")) {
      Pod from = stage.pod(path);
      List<Flow> flows = between(from, db, PORT);
      if (path.equals("shop/web")) {
        flows.addAll(between(from, db, OTHER_PORT));
      }
      flows.addAll(between(from, open, PORT));
      begin(stage, from, flows);
    }
  }

  /**
   * The long-lived connections: of each kind and family, from a pod that stays and one that may
   * not.
   */
  static List<LongStream> streams(Stage stage) {
    List<LongStream> streams = new ArrayList<>();
    int port = STREAM_PORT;
    for (String path : List.of("shop/web", "shop/guest")) {
      for (boolean ipv6 : new boolean[] {false, true}) {
        for (LongStream.Kind kind : LongStream.Kind.values()) {
          Transport transport = kind == LongStream.Kind.UDP_PUSH ? Transport.UDP : Transport.TCP;
          streams.add(
              new LongStream(
                  kind, new Flow(stage.pod(path), stage.pod("shop/db"), transport, ipv6, port++)));
        }
      }
    }
    return streams;
  }
}
