package io.sluice.launcher.support;

import java.io.IOException;

/** One kind of things to be collected. */
@FunctionalInterface
interface Section {
  /**
   * Collects what can be had.
   *
   * @throws IOException if the bundle can't be written; what can't be collected is noted there
   */
  void collect(Bundle bundle) throws IOException;
}
