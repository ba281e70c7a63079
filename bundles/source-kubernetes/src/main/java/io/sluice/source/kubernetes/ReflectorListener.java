package io.sluice.source.kubernetes;

import io.sluice.manifests.ApiEvent;
import io.sluice.manifests.ApiItem;
import java.util.List;

/**
 * Hears what a reflector finds. Each call returns when it was heard, so that a reflector is never
 * ahead; what a reflector says that was stopped is not heard.
 */
interface ReflectorListener {
  /** The kind's place was found. */
  void found(Reflector reflector, Collection collection) throws InterruptedException;

  /** The server does not know the kind. */
  void absent(Reflector reflector) throws InterruptedException;

  /** An attempt at a list begins: what it lacks in the end is gone. */
  void listBegins(Reflector reflector) throws InterruptedException;

  /** Objects of the list. */
  void listed(Reflector reflector, List<ApiItem> items) throws InterruptedException;

  /**
   * The list was empty; is that strange?
   *
   * @return whether objects of the kind are known
   */
  boolean wouldEmpty(Reflector reflector) throws InterruptedException;

  /** The list is complete. */
  void listEnds(Reflector reflector, String resourceVersion) throws InterruptedException;

  /** The watch is open. */
  void watching(Reflector reflector) throws InterruptedException;

  /** Something has changed, or the watch has come further. */
  void event(Reflector reflector, ApiEvent event) throws InterruptedException;

  /** An attempt failed; the next one follows after a pause. */
  void failed(Reflector reflector, Failure failure) throws InterruptedException;
}
