package io.sluice.datapath.ovs.ovsdb;

import io.sluice.datapath.ovs.jsonrpc.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A change of a bridge's row.
 *
 * @param bridge its name
 * @param failMode the new {@code fail_mode}, empty text for none; nothing to leave it
 * @param put pairs of {@code external_ids} to set
 * @param remove keys of {@code external_ids} to remove
 */
public record BridgeEdit(
    String bridge, Optional<String> failMode, Map<String, String> put, Set<String> remove) {
  /** Copies the collections. */
  public BridgeEdit {
    put = Map.copyOf(put);
    remove = Set.copyOf(remove);
  }

  /** The operations (RFC 7047 section 5.2); the first counts rows, the last tells next_cfg. */
  List<Json> operations() {
    List<Json> operations = new ArrayList<>();
    List<Json> keys = new ArrayList<>();
    remove.forEach(key -> keys.add(Json.of(key)));
    put.keySet().forEach(key -> keys.add(Json.of(key)));
    List<Json> pairs = new ArrayList<>();
    put.forEach((key, value) -> pairs.add(Json.texts(key, value)));
    operations.add(
        on("mutate")
            .and(
                "mutations",
                Json.array(
                    Json.array(
                        Json.of("external_ids"),
                        Json.of("delete"),
                        Json.array(Json.of("set"), new Json.Items(keys))),
                    Json.array(
                        Json.of("external_ids"),
                        Json.of("insert"),
                        Json.array(Json.of("map"), new Json.Items(pairs))))));
    failMode.ifPresent(
        mode ->
            operations.add(
                on("update")
                    .and(
                        "row",
                        Json.object(
                            "fail_mode",
                            mode.isEmpty()
                                ? Json.array(Json.of("set"), Json.array())
                                : Json.of(mode)))));
    Json global = Json.object("table", Json.of("Open_vSwitch"), "where", Json.array());
    operations.add(
        global
            .and("op", Json.of("mutate"))
            .and(
                "mutations",
                Json.array(Json.array(Json.of("next_cfg"), Json.of("+="), Json.of(1)))));
    operations.add(global.and("op", Json.of("select")).and("columns", Json.texts("next_cfg")));
    return operations;
  }

  private Json on(String operation) {
    return Json.object("op", Json.of(operation), "table", Json.of("Bridge"))
        .and("where", Json.array(Json.texts("name", "==", bridge)));
  }
}
