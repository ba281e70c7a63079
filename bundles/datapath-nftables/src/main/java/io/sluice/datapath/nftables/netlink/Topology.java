package io.sluice.datapath.nftables.netlink;

import io.sluice.api.net.Cidr;
import io.sluice.api.net.IpAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The interfaces and routes of this network namespace, and whether they have changed. */
public final class Topology implements AutoCloseable {
  private static final int NEW_LINK = 16;
  private static final int GET_LINK = 18;
  private static final int NEW_ROUTE = 24;
  private static final int GET_ROUTE = 26;
  private static final int[] GROUPS = {1, 7, 11}; // links, IPv4 routes, IPv6 routes
  private static final int IFINFOMSG = 16;
  private static final int RTMSG = 12;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_LINKINFO = 18;
  private static final int RTA_DST = 1;
  private static final int RTA_OIF = 4;
  private static final int RTA_GATEWAY = 5;
  private static final int RTA_VIA = 18;
  private static final byte UNICAST = 1;
  private static final byte AF_INET = 2;
  private static final byte AF_INET6 = 10;
  private static final int RECEIVE_BUFFER = 4 << 20;

  private final NetlinkSocket events;
  private final NetlinkSocket requests;

  /** Begins to listen. */
  public Topology() throws IOException {
    events = NetlinkSocket.open(NetlinkSocket.ROUTE, RECEIVE_BUFFER);
    requests = NetlinkSocket.open(NetlinkSocket.ROUTE, RECEIVE_BUFFER);
    for (int group : GROUPS) {
      events.join(group);
    }
  }

  /** Whether anything has changed, or may have, since this was asked last. */
  public boolean changed() throws IOException {
    boolean changed = false;
    while (true) {
      try {
        if (events.poll().isEmpty()) {
          return changed;
        }
      } catch (NetlinkSocket.OverrunException e) {
        // What was lost has changed something too.
        changed = true;
        continue;
      }
      changed = true;
    }
  }

  /** All interfaces. */
  public List<Link> links() throws IOException {
    List<Link> links = new ArrayList<>();
    ByteBuffer ask = NetlinkMessage.room(IFINFOMSG);
    for (NetlinkMessage message : requests.request(GET_LINK, NetlinkMessage.DUMP, ask)) {
      Map<Integer, ByteBuffer> attributes = message.attributes(IFINFOMSG);
      ByteBuffer name = attributes.get(IFLA_IFNAME);
      if (message.type() == NEW_LINK && name != null) {
        ByteBuffer info = attributes.get(IFLA_LINKINFO);
        ByteBuffer kind = info == null ? null : NetlinkMessage.attributes(info, 0).get(1);
        links.add(
            new Link(
                message.body().getInt(4),
                NetlinkMessage.text(name),
                kind == null ? "" : NetlinkMessage.text(kind)));
      }
    }
    return links;
  }

  /** All unicast routes that lead out of one interface. */
  public List<Route> routes() throws IOException {
    List<Route> routes = new ArrayList<>();
    for (byte family : new byte[] {AF_INET, AF_INET6}) {
      ByteBuffer ask = NetlinkMessage.room(RTMSG).put(0, family);
      for (NetlinkMessage message : requests.request(GET_ROUTE, NetlinkMessage.DUMP, ask)) {
        Map<Integer, ByteBuffer> attributes = message.attributes(RTMSG);
        ByteBuffer link = attributes.get(RTA_OIF);
        if (message.type() == NEW_ROUTE && message.body().get(7) == UNICAST && link != null) {
          ByteBuffer base = attributes.get(RTA_DST);
          byte[] bytes =
              base == null ? new byte[family == AF_INET ? 4 : 16] : NetlinkMessage.bytes(base);
          routes.add(
              new Route(
                  new Cidr(IpAddress.of(bytes), message.body().get(1) & 0xff),
                  link.getInt(0),
                  !attributes.containsKey(RTA_GATEWAY) && !attributes.containsKey(RTA_VIA)));
        }
      }
    }
    return routes;
  }

  @Override
  public void close() {
    events.close();
    requests.close();
  }
}
