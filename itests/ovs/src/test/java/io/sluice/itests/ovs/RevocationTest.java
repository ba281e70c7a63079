package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.kit.cluster.Cluster;
import io.sluice.lab.Pod;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a tightened policy does to connections that live. */
class RevocationTest {
  private static Manifests closed() {
    return Scenes.pods().policy("shop", "deny", Scenes.DENY_ALL);
  }

  private static Cluster open() throws IOException {
    return Scenes.allow(closed(), "web", "db").cluster();
  }

  /** Opens a stream of each kind and family from web to db, under a policy that allows it. */
  private static List<LiveStream> streams(Rig rig, int port) throws IOException {
    rig.become(open());
    Pod web = rig.pod("shop/web");
    Pod db = rig.pod("shop/db");
    List<LiveStream> streams = new ArrayList<>();
    for (InetAddress address : List.of(db.v4(), db.v6())) {
      for (LiveStream.Kind kind : LiveStream.Kind.values()) {
        streams.add(LiveStream.open(kind, web, db, address, port + streams.size()));
      }
    }
    assertEquals(streams, LiveStream.alive(streams));
    return streams;
  }

  @ParameterizedTest
  @EnumSource
  void recheckCutsWhatIsRevokedWithinASecondAndNothingElse(Backend backend) throws IOException {
    try (Rig rig = new Rig(backend, open(), Set.of())) {
      rig.start(Map.of("established", "recheck"));
      List<LiveStream> streams = streams(rig, 7000);
      try {
        rig.become(Scenes.allow(Scenes.allow(closed(), "friend", "web"), "web", "db").cluster());
        Rig.sleep(1000);
        assertEquals(streams, LiveStream.alive(streams), "still allowed");
        rig.become(closed().cluster());
        Rig.sleep(1000);
        assertEquals(List.of(), LiveStream.alive(streams));
        // The next packet of either side must not open it again in the other direction.
        rig.flushConnections();
        assertEquals(List.of(), LiveStream.alive(streams), "after loss of the connections' state");
      } finally {
        streams.forEach(LiveStream::close);
      }
      turnedRound(rig);
    }
  }

  /**
   * Where the server may open connections to the client too, its next datagram after a loss of
   * state begins the connection anew, in the other direction. That one must be cut as well.
   */
  private static void turnedRound(Rig rig) throws IOException {
    List<LiveStream> streams = streams(rig, 7100);
    try {
      rig.become(Scenes.allow(Scenes.allow(closed(), "db", "web"), "web", "db").cluster());
      rig.flushConnections();
      Rig.sleep(500);
      List<LiveStream> turned = LiveStream.alive(streams);
      assertEquals(4, turned.size(), "two by UDP in each family: " + turned);
      rig.become(closed().cluster());
      Rig.sleep(1000);
      assertEquals(List.of(), LiveStream.alive(streams));
    } finally {
      streams.forEach(LiveStream::close);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepCutsNone(Backend backend) throws IOException {
    try (Rig rig = new Rig(backend, open(), Set.of())) {
      rig.start(Map.of("established", "keep"));
      List<LiveStream> streams = streams(rig, 7000);
      try {
        rig.become(closed().cluster());
        Rig.sleep(1000);
        assertEquals(streams, LiveStream.alive(streams));
      } finally {
        streams.forEach(LiveStream::close);
      }
    }
  }
}
