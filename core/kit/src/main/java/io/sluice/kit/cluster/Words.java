package io.sluice.kit.cluster;

import io.sluice.api.net.IpAddress;
import java.util.List;

/**
 * What random clusters are made of. Few words, so that chance makes them meet: names that differ by
 * one character, values that are empty or differ by case, addresses of few small blocks.
 */
final class Words {
  static final List<String> NAMESPACES =
      List.of("default", "shop", "shop-a", "bank", "kube-system");
  static final List<String> NODES = List.of("node-a", "node-b");
  static final List<String> PODS =
      List.of("web", "web-0", "web-1", "db", "db.0", "cache", "a", "b", "c", "d");
  static final List<String> POLICIES =
      List.of("a", "a-b", "a.b", "allow-web", "b", "default-deny", "z", "0");
  static final List<String> LABEL_KEYS = List.of("app", "tier", "example.com/role");
  static final List<String> LABEL_VALUES = List.of("web", "Web", "db", "");
  static final List<String> NAMESPACE_KEYS = List.of("team", "env");
  static final List<String> NAMESPACE_VALUES = List.of("red", "blue", "");
  static final List<String> PORT_NAMES = List.of("http", "dns", "m-1");
  static final List<Integer> PORTS = List.of(1, 53, 80, 81, 443, 8080, 65535);

  /** Pods live in these: two networks of IPv4, one of IPv6. */
  static final String V4_PODS = "10.1.0.";

  static final String V4_MORE_PODS = "10.1.1.";
  static final String V6_PODS = "fd00:1::";

  /** Addresses that no pod has at first; one lies in a block that policies name. */
  static final List<IpAddress> EXTERNALS =
      List.of(
          IpAddress.parse("10.1.0.200"),
          IpAddress.parse("192.0.2.7"),
          IpAddress.parse("2001:db8::7"),
          IpAddress.parse("fd00:1::ff"));

  static final List<String> V4_BLOCKS =
      List.of(
          "0.0.0.0/0",
          "10.0.0.0/8",
          "10.1.0.0/16",
          "10.1.0.0/24",
          "10.1.1.0/29",
          "192.0.2.0/24",
          "172.16.0.0/28");
  static final List<String> V6_BLOCKS =
      List.of("::/0", "fd00::/8", "fd00:1::/64", "fd00:1::/125", "2001:db8::/32", "fd00:2::/120");

  private Words() {}

  /** A node's addresses: one of each family. */
  static List<IpAddress> nodeAddresses(int node, int generation) {
    int last = 10 * generation + node + 1;
    return List.of(IpAddress.parse("172.16.0." + last), IpAddress.parse("fd00:2::" + last));
  }
}
