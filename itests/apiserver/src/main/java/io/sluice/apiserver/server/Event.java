package io.sluice.apiserver.server;

/**
 * One change of an object.
 *
 * @param revision the resource version that it made
 * @param type ADDED, MODIFIED or DELETED
 * @param resource the object's type
 * @param namespace the object's namespace, or empty
 * @param json the object
 */
record Event(long revision, String type, ResourceType resource, String namespace, String json) {
  /** As a line of a watch. */
  String line() {
    return "{\"type\":\"" + type + "\",\"object\":" + json + "}\n";
  }
}
