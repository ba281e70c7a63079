package io.sluice.kit.source;

import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.source.EventSource;

/**
 * A source under test, and a hand on what it reads.
 *
 * <p>The input is manipulated, never the source: a namespace is put by writing a file or by a call
 * to an API server. The methods return when the input has changed; when the source notices is its
 * own affair. {@link #put} and {@link #remove} also work while contact is lost, and are then seen
 * when it is back.
 */
public interface SourceInput extends AutoCloseable {
  /** The source; the same one each time. */
  EventSource source();

  /**
   * Makes the input hold this namespace, instead of one of this name that it may hold.
   *
   * @param namespace its name and labels count; the origin is the source's to say
   */
  void put(Namespace namespace);

  /**
   * Makes the input hold a NetworkPolicy that selects every pod of a namespace and allows nothing.
   *
   * @param namespace the policy's namespace
   * @param name the policy's name
   */
  void putPolicy(String namespace, String name);

  /**
   * Takes an object that was put out of the input.
   *
   * @param key the object
   */
  void remove(ResourceKey key);

  /**
   * Makes an object that was put one that must be refused, so that its source can still tell which
   * one it is.
   *
   * @param namespace the object's name
   */
  void spoil(String namespace);

  /** Makes the input unreadable as a whole. */
  void loseContact();

  /** Makes the input readable again. */
  void regainContact();

  /** Stops the source and removes the input. */
  @Override
  void close();
}
