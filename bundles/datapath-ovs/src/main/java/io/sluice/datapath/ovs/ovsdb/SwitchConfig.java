package io.sluice.datapath.ovs.ovsdb;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the database holds of a switch, as far as it concerns us.
 *
 * @param version {@code ovs_version} of the table Open_vSwitch, empty if not set
 * @param externalIds {@code external_ids} of the table Open_vSwitch
 * @param bridges the bridges by name
 */
public record SwitchConfig(
    String version, Map<String, String> externalIds, Map<String, Bridge> bridges) {
  /** Copies the maps. */
  public SwitchConfig {
    externalIds = Map.copyOf(externalIds);
    bridges = Map.copyOf(bridges);
  }

  /** The bridge of this name, if there is one. */
  public Optional<Bridge> bridge(String name) {
    return Optional.ofNullable(bridges.get(name));
  }

  /**
   * A row of the table Bridge.
   *
   * @param name its name
   * @param failMode {@code fail_mode}, empty if not set
   * @param datapathType {@code datapath_type}, for example {@code netdev}; empty for the kernel's
   * @param interfaces the interfaces of all its ports, by name
   */
  public record Bridge(
      String name, String failMode, String datapathType, List<Interface> interfaces) {
    /** Copies the list. */
    public Bridge {
      interfaces = List.copyOf(interfaces);
    }
  }

  /**
   * A row of the table Interface.
   *
   * @param name its name
   * @param port the name of the port that it belongs to
   * @param type {@code type}, for example {@code internal}; empty for a system device
   * @param ofport its OpenFlow port number; none while it has not got one
   * @param macInUse its MAC address as text, empty if it is not known
   * @param error why it does not work, empty if it does
   * @param externalIds {@code external_ids}, for example {@code iface-id} and {@code attached-mac}
   */
  public record Interface(
      String name,
      String port,
      String type,
      Optional<Integer> ofport,
      String macInUse,
      String error,
      Map<String, String> externalIds) {
    /** Copies the map. */
    public Interface {
      externalIds = Map.copyOf(externalIds);
    }
  }
}
