package io.sluice.apiserver.server;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What an open watch has still to send; lines of JSON. */
final class Watch {
  /** Sent last, when the server cuts the watch. */
  static final String CUT = "";

  final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final ResourceType type;
  private final String namespace;
  private final boolean bookmarks;

  Watch(ResourceType type, String namespace, boolean bookmarks) {
    this.type = type;
    this.namespace = namespace;
    this.bookmarks = bookmarks;
  }

  boolean concerns(Event event) {
    return event.resource().equals(type)
        && (namespace.isEmpty() || namespace.equals(event.namespace()));
  }

  void offer(Event event) {
    if (concerns(event)) {
      lines.add(event.line());
    }
  }

  /** Says how far the watch has come, if that was asked for. */
  void bookmark(long revision) {
    if (bookmarks) {
      lines.add(
          "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\""
              + type.kind()
              + "\",\"apiVersion\":\""
              + type.apiVersion()
              + "\",\"metadata\":{\"resourceVersion\":\""
              + revision
              + "\",\"creationTimestamp\":null}}}\n");
    }
  }

  /** Says that the history is gone, and ends. */
  void gone() {
    lines.add(
        "{\"type\":\"ERROR\",\"object\":" + Answer.gone("too old resource version").body() + "}\n");
    lines.add(CUT);
  }
}
