package io.sluice.datapath.ovs.ovsdb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the database holds of a switch, as far as it concerns us.
 *
 * @param version {@code ovs_version} of the table Open_vSwitch, empty if not set
 * @param externalIds {@code external_ids} of the table Open_vSwitch
 * @param applied {@code cur_cfg}: which of the counted changes the switch has taken
 * @param bridges the bridges by name
 */
public record SwitchConfig(
    String version, Map<String, String> externalIds, long applied, Map<String, Bridge> bridges) {
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
   * @param uuid the row's UUID: the bridge's identity
   * @param name its name
   * @param failMode {@code fail_mode}, empty if not set
   * @param datapathType {@code datapath_type}, for example {@code netdev}; empty for the kernel's
   * @param externalIds {@code external_ids}
   * @param interfaces the interfaces of all its ports, by name
   */
  public record Bridge(
      String uuid,
      String name,
      String failMode,
      String datapathType,
      Map<String, String> externalIds,
      List<Interface> interfaces) {
    /** Copies the collections. */
    public Bridge {
      externalIds = Map.copyOf(externalIds);
      interfaces = List.copyOf(interfaces);
    }

    /**
     * The same with the MACs that were known before where none is known now: a database server that
     * was restarted has forgotten them until the switch tells them again.
     */
    public Bridge remembering(Bridge before) {
      if (!uuid.equals(before.uuid)) {
        return this;
      }
      Map<String, Interface> known =
          before.interfaces.stream()
              .collect(Collectors.toMap(Interface::name, each -> each, (one, other) -> one));
      return new Bridge(
          uuid,
          name,
          failMode,
          datapathType,
          externalIds,
          interfaces.stream().map(each -> each.remembering(known.get(each.name()))).toList());
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

    private Interface remembering(@Nullable Interface before) {
      return before != null
              && macInUse.isEmpty()
              && ofport.isPresent()
              && before.ofport.equals(ofport)
          ? new Interface(name, port, type, ofport, before.macInUse, error, externalIds)
          : this;
    }
  }
}
