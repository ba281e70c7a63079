package io.sluice.datapath.nftables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.net.Cidr;
import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import io.sluice.datapath.nftables.netlink.Link;
import io.sluice.datapath.nftables.netlink.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which interface is a pod's own, and whose packets the filter does not see. */
class PodInterfacesTest {
  private static final List<Link> LINKS =
      List.of(
          new Link(1, "eth0", ""),
          new Link(2, "veth2", "veth"),
          new Link(3, "cni0", "bridge"),
          new Link(4, "br0", "tun"));
  private static final List<Route> ROUTES =
      List.of(
          new Route(Cidr.parse("0.0.0.0/0"), 1, false),
          new Route(Cidr.parse("10.0.0.2/32"), 2, true),
          new Route(Cidr.parse("fe80::/64"), 2, true),
          new Route(Cidr.parse("10.3.0.0/24"), 3, true),
          new Route(Cidr.parse("10.4.0.4/32"), 4, true),
          new Route(Cidr.parse("10.9.0.9/32"), 1, true));
  private static final LocalEndpoint OWN = endpoint("own", "10.0.0.2");
  private static final LocalEndpoint BRIDGED = endpoint("bridged", "10.3.0.3");
  private static final LocalEndpoint SWITCHED = endpoint("switched", "10.4.0.4");
  private static final LocalEndpoint UPLINK = endpoint("uplink", "10.9.0.9");
  private static final LocalEndpoint NOWHERE = endpoint("nowhere", "10.5.0.5");

  private static LocalEndpoint endpoint(String name, String address) {
    return new LocalEndpoint(new EndpointId("shop", name, ""), Set.of(IpAddress.parse(address)));
  }

  private static PodInterfaces interfaces(Map<String, String> keys, Set<Family> bridged)
      throws Settings.InvalidException {
    return new PodInterfaces(
        Settings.of(new Keys(keys)), new PodInterfaces.View(LINKS, ROUTES, bridged));
  }

  @Test
  void onlyWhatNothingElseIsBehindIsAPodsOwn() throws Settings.InvalidException {
    List<LocalEndpoint> all = List.of(OWN, BRIDGED, SWITCHED, UPLINK, NOWHERE);
    assertEquals(
        Map.of("veth2", OWN.addresses()), interfaces(Map.of(), Set.of()).bound(all).addresses());
    assertEquals(
        Map.of(), interfaces(Map.of("spoofGuard", "off"), Set.of()).bound(all).addresses());
  }

  @Test
  void aBridgeThatKeepsItsPacketsIsRefusedWithTheRemedy() throws Settings.InvalidException {
    PodInterfaces off = interfaces(Map.of(), Set.of(Family.IPV6));
    assertTrue(
        off.refusal(List.of(OWN, BRIDGED))
            .orElseThrow()
            .remedy()
            .contains("sysctl -w net.bridge.bridge-nf-call-iptables=1"));
    assertEquals(Set.of(BRIDGED.id()), off.covers(List.of(OWN, BRIDGED)).uncovered().keySet());
    PodInterfaces on = interfaces(Map.of(), Set.of(Family.IPV4));
    assertEquals(Optional.empty(), on.refusal(List.of(OWN, BRIDGED)));
    assertEquals(Map.of(), on.covers(List.of(OWN, BRIDGED)).uncovered());
  }

  @Test
  void whatASwitchMayCarryPastIsNotCoveredUnlessSaidSo() throws Settings.InvalidException {
    List<LocalEndpoint> asked = List.of(OWN, SWITCHED, NOWHERE);
    assertEquals(
        Set.of(SWITCHED.id(), NOWHERE.id()),
        interfaces(Map.of(), Set.of()).covers(asked).uncovered().keySet());
    assertEquals(
        Set.of(NOWHERE.id()),
        interfaces(Map.of("routedInterfaces", "br0"), Set.of()).covers(asked).uncovered().keySet());
  }
}
