package io.sluice.datapath.ovs.jsonrpc;

/** The other side answered a request with an error. */
public final class JsonRpcException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Json error;

  JsonRpcException(String method, Json error) {
    super(method + ": " + error.asText().orElseGet(() -> JsonCodec.write(error)));
    this.error = error;
  }

  /** The error as it came. */
  public Json error() {
    return error;
  }
}
