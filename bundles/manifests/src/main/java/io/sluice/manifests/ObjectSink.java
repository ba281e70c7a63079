package io.sluice.manifests;

import java.util.Map;

/** Takes the objects of a document as they are read. */
interface ObjectSink {
  /**
   * An element of the document's {@code items}, before the rest of the document is known.
   *
   * @param tree the element
   * @param line its line in the document, from 0
   */
  void item(Object tree, int line) throws MalformedException;

  /**
   * The document.
   *
   * @param tree the document, without {@code items} if these were given already
   * @param line its line in the document, from 0
   * @param streamed whether its {@code items} were given already
   */
  void root(Map<String, Object> tree, int line, boolean streamed) throws MalformedException;
}
