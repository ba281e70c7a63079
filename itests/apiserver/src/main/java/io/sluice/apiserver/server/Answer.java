package io.sluice.apiserver.server;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param body the body, JSON
 */
record Answer(int status, String body) {
  static Answer ok(String body) {
    return new Answer(200, body);
  }

  /** A failure as the API says it: an object of kind Status. */
  static Answer failure(int status, String reason, String message) {
    return new Answer(
        status,
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\""
            + message.replace("\\", "\\\\").replace("\"", "\\\"")
            + "\",\"reason\":\""
            + reason
            + "\",\"code\":"
            + status
            + "}");
  }

  static Answer gone(String message) {
    return failure(410, "Expired", message);
  }

  static Answer notFound(String what) {
    return failure(404, "NotFound", what + " not found");
  }
}
