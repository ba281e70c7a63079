package io.sluice.datapath.ovs.openflow;

import java.util.List;

/** The words for OFPT_ERROR types and codes (OpenFlow 1.5.1 section 7.5.4). */
final class OpenFlowErrors {
  private static final List<Type> TYPES =
      List.of(
          new Type("HELLO_FAILED", "INCOMPATIBLE", "EPERM"),
          new Type(
              "BAD_REQUEST",
              "BAD_VERSION",
              "BAD_TYPE",
              "BAD_MULTIPART",
              "BAD_EXPERIMENTER",
              "BAD_EXP_TYPE",
              "EPERM",
              "BAD_LEN",
              "BUFFER_EMPTY",
              "BUFFER_UNKNOWN",
              "BAD_TABLE_ID",
              "IS_SLAVE",
              "BAD_PORT",
              "BAD_PACKET",
              "MULTIPART_BUFFER_OVERFLOW",
              "MULTIPART_REQUEST_TIMEOUT",
              "MULTIPART_REPLY_TIMEOUT",
              "MULTIPART_BAD_SCHED",
              "PIPELINE_FIELDS_ONLY",
              "UNKNOWN"),
          new Type(
              "BAD_ACTION",
              "BAD_TYPE",
              "BAD_LEN",
              "BAD_EXPERIMENTER",
              "BAD_EXP_TYPE",
              "BAD_OUT_PORT",
              "BAD_ARGUMENT",
              "EPERM",
              "TOO_MANY",
              "BAD_QUEUE",
              "BAD_OUT_GROUP",
              "MATCH_INCONSISTENT",
              "UNSUPPORTED_ORDER",
              "BAD_TAG",
              "BAD_SET_TYPE",
              "BAD_SET_LEN",
              "BAD_SET_ARGUMENT",
              "BAD_SET_MASK",
              "BAD_METER"),
          new Type(
              "BAD_INSTRUCTION",
              "UNKNOWN_INST",
              "UNSUP_INST",
              "BAD_TABLE_ID",
              "UNSUP_METADATA",
              "UNSUP_METADATA_MASK",
              "BAD_EXPERIMENTER",
              "BAD_EXP_TYPE",
              "BAD_LEN",
              "EPERM",
              "DUP_INST"),
          new Type(
              "BAD_MATCH",
              "BAD_TYPE",
              "BAD_LEN",
              "BAD_TAG",
              "BAD_DL_ADDR_MASK",
              "BAD_NW_ADDR_MASK",
              "BAD_WILDCARDS",
              "BAD_FIELD",
              "BAD_VALUE",
              "BAD_MASK",
              "BAD_PREREQ",
              "DUP_FIELD",
              "EPERM"),
          new Type(
              "FLOW_MOD_FAILED",
              "UNKNOWN",
              "TABLE_FULL",
              "BAD_TABLE_ID",
              "OVERLAP",
              "EPERM",
              "BAD_TIMEOUT",
              "BAD_COMMAND",
              "BAD_FLAGS",
              "CANT_SYNC",
              "BAD_PRIORITY",
              "IS_SYNC"),
          new Type(
              "GROUP_MOD_FAILED",
              "GROUP_EXISTS",
              "INVALID_GROUP",
              "WEIGHT_UNSUPPORTED",
              "OUT_OF_GROUPS",
              "OUT_OF_BUCKETS",
              "CHAINING_UNSUPPORTED",
              "WATCH_UNSUPPORTED",
              "LOOP",
              "UNKNOWN_GROUP",
              "CHAINED_GROUP",
              "BAD_TYPE",
              "BAD_COMMAND",
              "BAD_BUCKET",
              "BAD_WATCH",
              "EPERM",
              "UNKNOWN_BUCKET",
              "BUCKET_EXISTS"),
          new Type("PORT_MOD_FAILED"),
          new Type("TABLE_MOD_FAILED"),
          new Type("QUEUE_OP_FAILED"),
          new Type("SWITCH_CONFIG_FAILED", "BAD_FLAGS", "BAD_LEN", "EPERM"),
          new Type("ROLE_REQUEST_FAILED"),
          new Type(
              "METER_MOD_FAILED",
              "UNKNOWN",
              "METER_EXISTS",
              "INVALID_METER",
              "UNKNOWN_METER",
              "BAD_COMMAND",
              "BAD_FLAGS",
              "BAD_RATE",
              "BAD_BURST",
              "BAD_BAND",
              "BAD_BAND_VALUE",
              "OUT_OF_METERS",
              "OUT_OF_BANDS"),
          new Type("TABLE_FEATURES_FAILED"),
          new Type("BAD_PROPERTY"),
          new Type("ASYNC_CONFIG_FAILED", "INVALID", "UNSUPPORTED", "EPERM"),
          new Type("FLOW_MONITOR_FAILED"),
          new Type(
              "BUNDLE_FAILED",
              "UNKNOWN",
              "EPERM",
              "BAD_ID",
              "BUNDLE_EXIST",
              "BUNDLE_CLOSED",
              "OUT_OF_BUNDLES",
              "BAD_TYPE",
              "BAD_FLAGS",
              "MSG_BAD_LEN",
              "MSG_BAD_XID",
              "MSG_UNSUP",
              "MSG_CONFLICT",
              "MSG_TOO_MANY",
              "MSG_FAILED",
              "TIMEOUT",
              "BUNDLE_IN_PROGRESS",
              "SCHED_NOT_SUPPORTED",
              "SCHED_FUTURE",
              "SCHED_PAST"));

  private OpenFlowErrors() {}

  private record Type(String name, List<String> codes) {
    Type(String name, String... codes) {
      this(name, List.of(codes));
    }
  }

  /** For example {@code BAD_MATCH/BAD_PREREQ (4/9)}. */
  static String describe(int type, int code) {
    String typeName = type < TYPES.size() ? TYPES.get(type).name() : "EXPERIMENTER";
    List<String> codes = type < TYPES.size() ? TYPES.get(type).codes() : List.of();
    String codeName = code < codes.size() ? "/" + codes.get(code) : "";
    return typeName + codeName + " (" + type + "/" + code + ")";
  }
}
