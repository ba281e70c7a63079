package io.sluice.datapath.ovs.ovsdb;

import io.sluice.datapath.ovs.jsonrpc.Json;
import io.sluice.datapath.ovs.ovsdb.SwitchConfig.Bridge;
import io.sluice.datapath.ovs.ovsdb.SwitchConfig.Interface;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The monitored rows by table and UUID, and the configuration that they amount to. */
final class Replica {
  private static final Map<String, List<String>> COLUMNS = columns();

  private final Map<String, Map<String, Json>> tables = new HashMap<>();

  private static Map<String, List<String>> columns() {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    columns.put("Open_vSwitch", List.of("ovs_version", "external_ids", "cur_cfg"));
    columns.put("Bridge", List.of("name", "ports", "fail_mode", "datapath_type", "external_ids"));
    columns.put("Port", List.of("name", "interfaces"));
    columns.put(
        "Interface", List.of("name", "type", "ofport", "mac_in_use", "error", "external_ids"));
    return columns;
  }

  /** {@code <monitor-requests>} for these tables. */
  static Json monitorRequest() {
    return new Json.Members(
        COLUMNS.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    table ->
                        Json.object(
                            "columns", Json.texts(table.getValue().toArray(String[]::new))))));
  }

  /** Takes {@code <table-updates>}: whole new rows, and the UUIDs of those that are gone. */
  void apply(Json updates) {
    updates
        .members()
        .forEach(
            (table, rows) -> {
              Map<String, Json> held = tables.computeIfAbsent(table, name -> new LinkedHashMap<>());
              rows.members()
                  .forEach(
                      (uuid, row) -> {
                        Json now = row.member("new");
                        if (now.isNull()) {
                          held.remove(uuid);
                        } else {
                          held.put(uuid, now);
                        }
                      });
            });
  }

  private Map<String, Json> table(String name) {
    return tables.getOrDefault(name, Map.of());
  }

  SwitchConfig config() {
    Json global = table("Open_vSwitch").values().stream().findFirst().orElse(new Json.Null());
    Map<String, Bridge> bridges = new HashMap<>();
    table("Bridge")
        .forEach(
            (uuid, row) -> {
              Bridge bridge = bridge(uuid, row);
              bridges.put(bridge.name(), bridge);
            });
    return new SwitchConfig(
        text(global, "ovs_version"),
        map(global, "external_ids"),
        global.member("cur_cfg").asNumber().orElse(0L),
        bridges);
  }

  private Bridge bridge(String uuid, Json row) {
    List<Interface> interfaces = new ArrayList<>();
    for (Json portId : set(row.member("ports"))) {
      rowOf("Port", portId).ifPresent(port -> addInterfaces(port, interfaces));
    }
    return new Bridge(
        uuid,
        text(row, "name"),
        text(row, "fail_mode"),
        text(row, "datapath_type"),
        map(row, "external_ids"),
        interfaces);
  }

  private void addInterfaces(Json port, List<Interface> to) {
    for (Json id : set(port.member("interfaces"))) {
      rowOf("Interface", id)
          .ifPresent(
              row ->
                  to.add(
                      new Interface(
                          text(row, "name"),
                          text(port, "name"),
                          text(row, "type"),
                          ofport(row),
                          text(row, "mac_in_use"),
                          text(row, "error"),
                          map(row, "external_ids"))));
    }
  }

  /** The row that {@code ["uuid", <id>]} names. */
  private Optional<Json> rowOf(String table, Json reference) {
    List<Json> pair = reference.items();
    return pair.size() == 2
        ? pair.get(1).asText().map(uuid -> table(table).get(uuid))
        : Optional.empty();
  }

  /** The elements of {@code ["set", [...]]}, or the one that stands without it (section 5.1). */
  private static List<Json> set(Json value) {
    List<Json> pair = value.items();
    boolean tagged = pair.size() == 2 && pair.getFirst().equals(Json.of("set"));
    return tagged ? pair.get(1).items() : value.isNull() ? List.of() : List.of(value);
  }

  /** A string column, possibly optional. */
  private static String text(Json row, String column) {
    return set(row.member(column)).stream()
        .flatMap(value -> value.asText().stream())
        .findFirst()
        .orElse("");
  }

  /** The port number; -1 in the database says that the switch could not give it one. */
  private static Optional<Integer> ofport(Json row) {
    return set(row.member("ofport")).stream()
        .flatMap(value -> value.asNumber().stream())
        .filter(number -> number > 0)
        .map(Long::intValue)
        .findFirst();
  }

  /** The pairs of {@code ["map", [...]]}. */
  private static Map<String, String> map(Json row, String column) {
    List<Json> pair = row.member(column).items();
    Stream<Json> entries = pair.size() == 2 ? pair.get(1).items().stream() : Stream.empty();
    return entries.collect(
        Collectors.toMap(
            entry -> entry.items().get(0).asText().orElse(""),
            entry -> entry.items().get(1).asText().orElse("")));
  }
}
