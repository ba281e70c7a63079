package io.sluice.api.resource;

/**
 * Something wrong with an input, said so that its author can mend it.
 *
 * @param origin where the object was read, for example a file name
 * @param object the object: {@code Kind/namespace/name}; empty if it could not be told
 * @param field the path of the field, for example {@code spec.ingress[0].ports[1].endPort}; empty
 *     if the problem is not about one field
 * @param message what is wrong
 * @param remedy what to do about it
 */
public record Problem(String origin, String object, String field, String message, String remedy) {
  /** All of it on one line. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(origin);
    if (!object.isEmpty()) {
      line.append(": ").append(object);
    }
    if (!field.isEmpty()) {
      line.append(": ").append(field);
    }
    line.append(": ").append(message);
    if (!remedy.isEmpty()) {
      line.append("; ").append(remedy);
    }
    return line.toString();
  }
}
