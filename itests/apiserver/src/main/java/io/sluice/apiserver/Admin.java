package io.sluice.apiserver;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** Speaks to the server's side door. */
final class Admin {
  private static final int PATIENCE_MILLIS = 60_000;

  private final IntSupplier port;

  Admin(IntSupplier port) {
    this.port = port;
  }

  /**
   * Asks for something.
   *
   * @param what the last part of the path
   * @param query its parameters
   * @param body the request's body
   * @return the answer's body
   */
  String ask(String what, Map<String, String> query, String body) {
    String parameters =
        query.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    URI uri =
        URI.create("http://127.0.0.1:" + port.getAsInt() + "/sluice/" + what + "?" + parameters);
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      connection.setDoOutput(true);
      connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      int status = connection.getResponseCode();
      if (status != 200) {
        throw new ApiServerException(
            what
                + " was answered "
                + status
                + " "
                + new String(connection.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
      }
      return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ApiServerException(what + " could not be asked for", e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
